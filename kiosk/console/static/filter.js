// What of the queue staff want to see. A reload of the window keeps it, another window has its own.

const KEPT = "radhaus.filter";
const SHORT_MS = 200;
const form = document.getElementById("filter");

let all = "";
let soon;

export function query() {
  const find = form?.elements.find.value ?? "";
  const mine = form?.elements.mine.checked ? "true" : "";
  const wanted = Object.entries({ mine, everyone: all, find }).filter(([, value]) => value);
  return new URLSearchParams(wanted).toString();
}

function keep() {
  sessionStorage.setItem(KEPT, JSON.stringify({ mine: form.elements.mine.checked, all }));
}

export function showAll(wanted) {
  all = wanted;
  keep();
}

// `changed()` asks for the queue anew.
export function useFilter(changed) {
  if (!form) return;
  const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "{}");
  form.elements.mine.checked = Boolean(kept.mine);
  all = kept.all ?? "";
  if (query()) changed();
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => {
    keep();
    clearTimeout(soon);
    soon = setTimeout(changed, SHORT_MS);
  });
}
