// What is noted beside the outcome: only what staff pressed. What they chose for a person outlives a reload of the
// window, and the time until that person is called again.

const KEPT = "radhaus.record";
const NEXT_ANSWER = { "": "true", true: "false", false: "" };
const ANSWERS = { "": "Dolmetschen", true: "Dolmetschen: ja", false: "Dolmetschen: nein" };

const page = () => document.querySelector("[data-part=record]");
const scopeOf = (button) => button.closest("[data-record]") ?? page();
const output = (scope) => scope.querySelector("[data-persons]");
const interpreter = (scope) => scope.querySelector("[data-switch=interpreter]");

const FURTHER = "further"; // the topics that a talk was about as well, by id with their labels
const ITEM = "item."; // what the profile asks, as it is kept here

const kept = () => JSON.parse(sessionStorage.getItem(KEPT) ?? "{}");

if (!page()) sessionStorage.removeItem(KEPT); // the visit is over, and nothing is kept about its people

// `null` is what was not said.
function show(scope, name, value) {
  if (name === "persons") {
    output(scope).dataset.persons = value ?? "";
    output(scope).textContent = value === null ? "Personen" : value === 1 ? "1 Person" : `${value} Personen`;
  } else if (name === FURTHER) {
    showFurther(scope, value);
  } else if (name.startsWith(ITEM)) {
    const field = scope.querySelector(`[data-item="${name.slice(ITEM.length)}"]`);
    if (field) field.value = value;
  } else if (name === "interpreter") {
    const button = interpreter(scope);
    button.dataset.value = value ?? "";
    button.setAttribute("aria-pressed", value !== null);
    button.querySelector(".answer").textContent = ANSWERS[button.dataset.value];
  } else {
    choose([...scope.querySelectorAll(`[data-choose=${name}]`)], value);
  }
}

// On the page they stand beside the number, and the dialog in which they are chosen shows them too.
function showFurther(scope, topics) {
  const many = Object.keys(topics).length;
  const within = scope === page() ? document : scope;
  for (const button of within.querySelectorAll("[data-also]")) {
    const chosen = button.dataset.also in topics;
    button.setAttribute("aria-pressed", chosen);
    if (chosen || many < Number(scope.dataset.mostFurther)) button.removeAttribute("aria-disabled");
    else button.setAttribute("aria-disabled", "true");
  }
  const count = within.querySelector("[data-further-count]");
  if (count) count.textContent = many ? `+ ${many} Anliegen` : "Weitere Anliegen";
  if (scope !== page()) return;
  page().dataset.further = JSON.stringify(topics);
  const beside = document.querySelector("[data-further-topics]");
  if (beside) beside.textContent = many ? ` · auch ${Object.values(topics).join(", ")}` : "";
}

function furtherOf(scope) {
  if (scope === page()) return JSON.parse(scope.dataset.further);
  const chosen = [...scope.querySelectorAll("[data-also][aria-pressed=true]")];
  return Object.fromEntries(chosen.map(({ dataset }) => [dataset.also, dataset.label]));
}

function toggled(topics, { also, label }) {
  const { [also]: chosen, ...others } = topics;
  return chosen === undefined ? { ...others, [also]: label } : others;
}

// The key leads to where it begins, then to the other one, then to nothing said.
function choose(pair, value) {
  const { begin: key } = pair.find(({ dataset }) => dataset.begin).dataset;
  for (const button of pair) {
    button.setAttribute("aria-pressed", button.dataset.value === value);
    if (Boolean(button.dataset.begin) === (value === null)) button.setAttribute("aria-keyshortcuts", key);
    else button.removeAttribute("aria-keyshortcuts");
  }
}

// Handles a click; returns whether it was on one of these buttons.
export function note(button) {
  const scope = scopeOf(button);
  const { also, choose: pair, value, step, switch: name } = button.dataset;
  if (also) return set(scope, FURTHER, toggled(furtherOf(scope), button.dataset)) ?? true;
  const said = scope && (pair || step || name) && recordOf(scope);
  if (pair) set(scope, pair, said[pair] === value ? null : value);
  else if (step) set(scope, "persons", persons(scope, said.persons, Number(step)));
  else if (name) set(scope, name, JSON.parse(NEXT_ANSWER[button.dataset.value] || "null"));
  else return false;
  return true;
}

// Stores what the clerk says about a talk item.
export const noteItem = (field) => set(scopeOf(field), ITEM + field.dataset.item, field.value);

// The first press says one person or two; one less than one takes it back.
function persons(scope, said, step) {
  if (said === null) return step < 0 ? 1 : 2;
  return said + step < 1 ? null : Math.min(Number(output(scope).dataset.most), said + step);
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
  const { ticket } = page().dataset;
  const choosing = document.getElementById("further");
  if (choosing && choosing.dataset.ticket !== ticket) choosing.closest("dialog").close(); // another person is there by now
  const said = { [FURTHER]: furtherOf(page()), ...kept()[ticket] };
  for (const [name, value] of Object.entries(said)) show(page(), name, value);
}

function saidItems(scope) {
  const fields = [...scope.querySelectorAll("[data-item]")];
  return fields.filter(({ value }) => value).map(({ dataset, value }) => [dataset.item, value]);
}

export function recordOf(scope) {
  const pressed = (name) => scope.querySelector(`[data-choose=${name}][aria-pressed=true]`)?.dataset.value ?? null;
  return {
    advice: pressed("advice"),
    occasion: pressed("occasion"),
    items: Object.fromEntries(saidItems(scope)),
    further: Object.keys(furtherOf(scope)),
    persons: Number(output(scope).dataset.persons) || null,
    interpreter: JSON.parse(interpreter(scope).dataset.value || "null"),
  };
}
