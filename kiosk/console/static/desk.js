// The page of one desk: says what staff do to the box, and shows what the box says. It decides nothing itself.

import { NO_LINE, ask, post } from "./box.js";
import { useKeys } from "./keys.js";
import { listen, reader } from "./live.js";
import { swap } from "./parts.js";
import { keepClearOf } from "./strip.js";
import { watchIdle } from "./idle.js";

const page = document.getElementById("desk");
const desk = page.dataset.desk;
const element = (id) => document.getElementById(id);
const ONE_CLICK_MS = 1000;

let turn = Promise.resolve();
let last = { action: "", at: 0, done: true };
let wish = {};

// Asked again after an answer was lost, it is the same wish; for another topic it is another one.
function wishFor(topic) {
  if (wish.topic !== topic) wish = { topic, key: newKey() };
  return wish.key;
}

function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16)).join("-");
}

function say(text, { refused = false } = {}) {
  element("refused").textContent = refused ? text : "";
  element("note").textContent = refused ? "" : text;
}

function online(there) {
  const back = there && element("lost").textContent;
  if (back && element("refused").textContent === NO_LINE) say("");
  element("lost").textContent = there ? "" : "Verbindung verloren – wird neu aufgebaut";
}

const refresh = reader(
  () => ask(`/staff/desks/${encodeURIComponent(desk)}/view`),
  (html) => {
    online(html !== null);
    if (html !== null) swap(html);
  },
);

// One action after the other: what is pressed while another is under way waits for what that one shows.
function inTurn(action) {
  turn = turn.then(action, action);
  return turn;
}

// Sends one action and shows what came of it.
async function send(path, body, headers) {
  const answer = await post(path, body, headers);
  say(answer.refused ?? "", { refused: Boolean(answer.refused) });
  if (answer.ok) idle.here();
  await refresh();
  return answer.ok ? answer : null;
}

const atDesk = (action, body) => send(`/api/v1/desks/${encodeURIComponent(desk)}/${action}`, body);

async function next() {
  const ticket = document.querySelector("[data-part=person]").dataset.ticket;
  const answer = await atDesk("next", { after: ticket ? Number(ticket) : null });
  if (answer?.status === 204) say("Niemand wartet für Ihren Platz.");
}

function act(id) {
  const button = element(id);
  if (!button || button.getAttribute("aria-disabled") === "true") return null;
  const { do: action, outcome, ticket } = button.dataset;
  if (action === "next") return next();
  if (action === "transfer") return element("transfer").showModal();
  if (outcome) return atDesk(action, { outcome });
  if (ticket) return atDesk(action, { ticket: Number(ticket) });
  return atDesk(action);
}

// Somebody pressed a button. The next number twice in a row, quickly or before it came, is once.
function press(button) {
  const action = button.dataset.do;
  const at = performance.now();
  const doubled = action === "next" && last.action === "next";
  if (doubled && (!last.done || at - last.at < ONE_CLICK_MS)) return;
  const pressed = { action, at, done: false };
  last = pressed;
  inTurn(() => act(button.id)).finally(() => {
    pressed.done = true;
  });
}

const forms = {
  transfer: (data) => atDesk("transfer", { topic: data.get("topic") }),
  open: (data) =>
    send("/api/v1/visit/open", { stop: data.get("stop"), topics: data.getAll("topics") }),
  close: () => send("/api/v1/visit/close", { force: true }),
  take: async (data) => {
    const body = { topic: data.get("topic"), priority: data.has("priority") };
    const taken = await send("/api/v1/tickets", body, { "Idempotency-Key": wishFor(body.topic) });
    if (!taken) return;
    wish = {};
    say(`Gezogen: ${taken.body.number}`);
  },
};

function openDialog(name) {
  const still = Number(document.querySelector("[data-still-there]")?.dataset.stillThere ?? 0);
  const persons = still === 1 ? "1 Person wartet noch oder ist" : `${still} Personen warten noch oder sind`;
  element("still-there").textContent = still
    ? `${persons} an einem Platz. Sie werden nicht mehr aufgerufen.`
    : "Niemand wartet mehr.";
  element(name).showModal();
}

page.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  // After a mouse click the space bar must mean "next" again, not the button clicked last.
  if (event.detail > 0 && button.type === "button") button.blur();
  if (button.dataset.do) press(button);
  else if (button.dataset.dialog) openDialog(button.dataset.dialog);
  else if (button.id === "stay") post("/staff/here").then(idle.here);
  else if (button.id === "log-out") post("/staff/logout").then(() => location.assign("/staff/login"));
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-close]")) event.target.closest("dialog").close();
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!forms[form.dataset.post]) return;
  event.preventDefault();
  form.closest("dialog")?.close();
  const data = new FormData(form);
  inTurn(() => forms[form.dataset.post](data));
});

for (const dialog of document.querySelectorAll("dialog")) {
  dialog.addEventListener("close", () => dialog.querySelector("form").reset());
}

const idle = watchIdle(Number(page.dataset.idleS), element("leaving"), refresh);
useKeys(element("keys"));
keepClearOf(element("strip"));
listen({ changed: refresh, online });
setInterval(refresh, 60000); // the minutes of waiting
