// Swaps the parts of the page that the box tells differently, and leaves all others, focus and screen reader alone.

const part = (element) => element.dataset.part;
const parts = (root) => [...root.querySelectorAll("[data-part]")];
const shown = new Map(parts(document).map((element) => [part(element), element.outerHTML]));

export function swap(html) {
  const fresh = parts(new DOMParser().parseFromString(html, "text/html"));
  if (fresh.length !== shown.size || fresh.some((element) => !shown.has(part(element)))) {
    scrollTo(0, 0); // a visit has begun or ended: another page, from its top
    location.reload();
    return;
  }
  const changed = fresh.filter((element) => shown.get(part(element)) !== element.outerHTML);
  changed.forEach(replace);
  if (changed.length) document.dispatchEvent(new Event("swapped"));
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
