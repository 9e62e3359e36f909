// Swaps the parts of the page that the box tells differently, and leaves all others, focus and screen reader alone.

const part = (element) => element.dataset.part;
const parts = (root) => [...root.querySelectorAll("[data-part]")];
const shown = new Map(parts(document).map((element) => [part(element), element.outerHTML]));

// The newest event that the page shows.
export const entryOf = (root) => Number(root.getElementById("entry").value);

// Gives the newest event that the page shows now.
export function swap(html) {
  const read = new DOMParser().parseFromString(html, "text/html");
  const fresh = parts(read);
  if (fresh.length !== shown.size || fresh.some((element) => !shown.has(part(element)))) {
    scrollTo(0, 0); // a visit has begun or ended: another page, from its top
    location.reload();
    return 0;
  }
  const changed = fresh.filter((element) => shown.get(part(element)) !== element.outerHTML);
  changed.forEach(replace);
  if (changed.length) document.dispatchEvent(new Event("swapped"));
  return entryOf(read);
}

function replace(fresh) {
  const old = document.querySelector(`[data-part="${part(fresh)}"]`);
  if (old.dataset.touched !== undefined) return; // somebody is filling it in
  const focused = document.activeElement?.id;
  const { scrollTop } = old;
  shown.set(part(fresh), fresh.outerHTML);
  if (fresh.dataset.told && fresh.dataset.told !== old.dataset.told) {
    document.getElementById("told").textContent = fresh.dataset.told;
  }
  old.replaceWith(fresh);
  fresh.scrollTop = scrollTop;
  if (focused && document.activeElement?.id !== focused) document.getElementById(focused)?.focus();
}
