// What is noted beside the outcome. What staff chose for a person outlives a reload of the window, and the time until
// that person is called again.

const KEPT = "radhaus.record";

const page = () => document.querySelector("[data-part=record]");
const scopeOf = (button) => button.closest("[data-record]") ?? page();
const mostOf = (scope) => Number(scope.querySelector("[data-persons]").dataset.most);
const persons = (count) => (count === 1 ? "1 Person" : `${count} Personen`);

const kept = () => JSON.parse(sessionStorage.getItem(KEPT) ?? "{}");

if (!page()) sessionStorage.removeItem(KEPT); // the visit is over, and nothing is kept about its people

function show(scope, name, value) {
  if (name === "persons") {
    const output = scope.querySelector("[data-persons]");
    output.dataset.persons = value;
    output.textContent = persons(value);
  } else if (name === "interpreter") {
    scope.querySelector("[data-switch=interpreter]").setAttribute("aria-pressed", value);
  } else {
    choose(scope.querySelectorAll(`[data-choose=${name}]`), value);
  }
}

// The key of a pair leads to the one that is not chosen.
function choose(pair, value) {
  const key = [...pair].map((button) => button.getAttribute("aria-keyshortcuts")).find(Boolean);
  for (const button of pair) {
    const chosen = button.dataset.value === value;
    button.setAttribute("aria-pressed", chosen);
    if (chosen) button.removeAttribute("aria-keyshortcuts");
    else button.setAttribute("aria-keyshortcuts", key);
  }
}

// Somebody pressed one of the buttons; tells whether it was one of these.
export function note(button) {
  const scope = scopeOf(button);
  const { choose: pair, value, step, switch: name } = button.dataset;
  if (pair) set(scope, pair, value);
  else if (step) set(scope, "persons", Math.min(mostOf(scope), Math.max(1, recordOf(scope).persons + Number(step))));
  else if (name) set(scope, name, !recordOf(scope)[name]);
  else return false;
  return true;
}

function set(scope, name, value) {
  show(scope, name, value);
  if (scope !== page()) return;
  const { ticket } = page().dataset;
  const all = kept();
  sessionStorage.setItem(KEPT, JSON.stringify({ ...all, [ticket]: { ...all[ticket], [name]: value } }));
}

// The part has been loaded or swapped: each person has what was chosen for them.
export function restore() {
  if (!page()) return;
  for (const [name, value] of Object.entries(kept()[page().dataset.ticket] ?? {})) show(page(), name, value);
}

export function recordOf(scope) {
  const pressed = (name) => scope.querySelector(`[data-choose=${name}][aria-pressed=true]`).dataset.value;
  return {
    advice: pressed("advice"),
    occasion: pressed("occasion"),
    persons: Number(scope.querySelector("[data-persons]").dataset.persons),
    interpreter: scope.querySelector("[data-switch=interpreter]").getAttribute("aria-pressed") === "true",
  };
}
