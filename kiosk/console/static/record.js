// What is noted beside the outcome. What staff chose for a person stays until another one is at the desk.

const MOST_PERSONS = 20;

const page = () => document.querySelector("[data-part=record]");
const scopeOf = (button) => button.closest("[data-record]") ?? page();
const persons = (count) => (count === 1 ? "1 Person" : `${count} Personen`);

let kept = { ticket: null, chosen: {} };

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
  else if (step) set(scope, "persons", Math.min(MOST_PERSONS, Math.max(1, recordOf(scope).persons + Number(step))));
  else if (name) set(scope, name, !recordOf(scope)[name]);
  else return false;
  return true;
}

function set(scope, name, value) {
  show(scope, name, value);
  if (scope !== page()) return;
  forgetOther();
  kept.chosen[name] = value;
}

function forgetOther() {
  const { ticket } = page().dataset;
  if (kept.ticket !== ticket) kept = { ticket, chosen: {} };
}

// The part has been swapped: the same person keeps what was chosen, another one begins afresh.
export function restore() {
  if (!page()) return;
  forgetOther();
  for (const [name, value] of Object.entries(kept.chosen)) show(page(), name, value);
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
