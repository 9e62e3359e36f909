// Swaps the parts of the page that the box tells differently, and leaves all others, focus and screen reader alone.

const part = (element) => element.dataset.part;
const parts = (root) => [...root.querySelectorAll("[data-part]")];
const shown = new Map(parts(document).map((element) => [part(element), element.outerHTML]));

// A refusal that was told when the page was loaded anew: it has not been read yet.
const KEPT = "refused";
export const refusedBeforeReload = sessionStorage.getItem(KEPT);
sessionStorage.removeItem(KEPT);

// The newest event that the page shows.
export const entryOf = (root) => Number(root.getElementById("entry").value);

// Gives the newest event that the page shows now.
export function swap(html) {
  const read = new DOMParser().parseFromString(html, "text/html");
  const fresh = parts(read);
  if (fresh.length !== shown.size || fresh.some((element) => !shown.has(part(element)))) {
    sessionStorage.setItem(KEPT, document.getElementById("refused").textContent);
    scrollTo(0, 0); // a visit has begun or ended: another page, from its top
    location.reload();
    return 0;
  }
  const changed = fresh.filter((element) => shown.get(part(element)) !== element.outerHTML).map(beside);
  replace(changed.filter(({ old }) => old.dataset.touched === undefined)); // else the clerk is filling it in
  if (changed.length) document.dispatchEvent(new Event("swapped"));
  return entryOf(read);
}

function beside(fresh) {
  const old = document.querySelector(`[data-part="${part(fresh)}"]`);
  return { fresh, old, top: old.scrollTop };
}

// Positions are read before and set after all: in between, each would have the page laid out anew.
function replace(changed) {
  const focused = document.activeElement?.id;
  for (const { fresh, old } of changed) {
    shown.set(part(fresh), fresh.outerHTML);
    if (fresh.dataset.announce && fresh.dataset.announce !== old.dataset.announce) {
      document.getElementById("announcement").textContent = fresh.dataset.announce;
    }
    old.replaceWith(fresh);
  }
  for (const { fresh, top } of changed) if (top) fresh.scrollTop = top;
  if (focused && document.activeElement?.id !== focused) document.getElementById(focused)?.focus();
}
