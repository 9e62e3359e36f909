// The page of one desk: every button says what it is for, and here is what happens then. The box decides.

import { watchQueue } from "./attention.js";
import { post } from "./box.js";
import { askWhen, book } from "./book.js";
import { chooseTopic, count } from "./count.js";
import { bodyOf, close, escaped, open } from "./dialogs.js";
import { showAll, useFilter } from "./filter.js";
import { watchIdle } from "./idle.js";
import { showKeys, useKeys } from "./keys.js";
import { listen } from "./live.js";
import { printSheet, printSlip } from "./paper.js";
import { choosePhrases } from "./phrases.js";
import { note, noteItem, recordOf, restore } from "./record.js";
import { askWhere, chooseOnly, findEnded, refer, search } from "./refer.js";
import { atDesk, changed, desk, inTurn, online, refresh, say, send, whenDone, wishOf } from "./send.js";
import { keepClearOf } from "./strip.js";
import { watchButtonTrial } from "./button_trial.js";

const page = document.getElementById("desk");
const element = (id) => document.getElementById(id);
const ONE_CLICK_MS = 1000;
const TWICE_IS_ONCE = ["next", "undo", "slip"];

let last = { action: "", at: 0, done: true };

const person = () => document.querySelector("[data-part=person]").dataset;
const present = () => Number(person().ticket) || null;

// Where a person was: else there is no place for it yet.
function showNumber(called) {
  if (called && element("number")) element("number").textContent = called.number;
}

async function next() {
  const answer = await atDesk("next", { after: present() }, showNumber);
  if (answer && !answer.body) say("Niemand wartet für Ihren Platz.");
}

async function undo(button) {
  if (await atDesk("undo", { action: Number(button.dataset.undo) })) say("Rückgängig gemacht.");
}

async function call(button) {
  const { call: ticket, park } = button.dataset;
  const body = { ticket: Number(ticket), after: present(), park: park !== undefined };
  if (await atDesk("call", body, showNumber)) close();
}

function finish(button, since) {
  const { outcome, asks, label } = button.dataset;
  if (button.closest("#amend")) return amend(button, since);
  if (button.closest("dialog")) return count(button.dataset);
  const ticket = present();
  const body = { outcome, ticket, ...recordOf(button.closest("[data-part=record]")) };
  const path = `/api/v1/desks/${encodeURIComponent(desk)}/finish`;
  const said = `${person().number} abgeschlossen: ${label}`;
  if (asks === "appointment") return askWhen({ path, body, said, since });
  if (asks === "referral") return askWhere({ path, body, about: { ticket }, said, since });
  return atDesk("finish", body);
}

// What became of a person who is not at the desk any more.
async function amend(button, since) {
  const form = button.closest("#amend");
  const { ticket, number, topic } = form.dataset;
  const { outcome, asks, label } = button.dataset;
  const body = { ticket: Number(ticket), outcome, ...recordOf(form.querySelector("[data-record]")) };
  const path = `/api/v1/desks/${encodeURIComponent(desk)}/amend`;
  if (asks === "referral") return askWhere({ path, body, about: { topic }, said: `${number}: ${label}`, since });
  if (!(await atDesk("amend", body))) return null;
  close();
  return say(`Das Ergebnis von ${number} ist nachgetragen.`);
}

// A button or form that carries its own address.
async function sendFrom(asking, body) {
  const { send: path, said, then, wish, again } = asking.dataset;
  const inDialog = asking.closest("dialog");
  const answer = await send(path, body, wish === undefined ? {} : wishOf(asking, body));
  if (!answer) return again && open(again); // what it said there holds no longer
  if (inDialog && then) await open(then, about(answer.body ?? {}));
  else if (inDialog) close();
  if (said) say(said.replace(/{(\w+)}/g, (_, name) => answer.body[name]));
}

const logOut = () => post("/staff/logout").then(() => location.assign("/staff/login"));

function about({ ticket, code }) {
  if (code) return { code };
  return ticket ? { ticket } : {};
}

const actions = {
  next,
  undo,
  call,
  outcome: finish,
  send: (button) => sendFrom(button, JSON.parse(button.dataset.body)),
  dialog: ({ dataset }, since) => say("") ?? open(dataset.dialog, about(dataset), since),
  referral: refer,
  book,
  sheet: (button) => printSheet(button, button.dataset.sheet, button.closest("[data-language]").dataset.language),
  slip: printSlip,
  all: ({ dataset }) => showAll(dataset.all) ?? refresh(),
};

// Some buttons are not asked to wait for their turn.
const atOnce = {
  close,
  stay: () => post("/staff/here").then(idle.here),
  "log-out": logOut,
};

// Handler of a button. The next number or a slip twice in a row, quickly or before it came, is once.
function press(button) {
  const action = Object.keys(actions).find((name) => button.dataset[name] !== undefined);
  if (!action) return;
  const at = performance.now();
  const doubled = TWICE_IS_ONCE.includes(action) && last.action === action;
  if (doubled && (!last.done || at - last.at < ONE_CLICK_MS)) return;
  const pressed = { action, at, done: false };
  const since = escaped();
  last = pressed;
  inTurn(() => {
    const now = button.id ? element(button.id) : button; // it may have been swapped meanwhile
    if (!now?.isConnected || now.getAttribute("aria-disabled") === "true") return null;
    if (element("dialog").open !== Boolean(now.closest("dialog"))) return null; // it opened over the button, or has closed
    return actions[action](now, since);
  }).finally(() => {
    pressed.done = true;
  });
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  const row = event.target.closest("tbody tr, .aside li");
  if (!button) {
    if (row && !getSelection().toString()) row.querySelector(".whose")?.click();
    return;
  }
  // After a mouse click the space bar must mean "next" again, not the button clicked last.
  if (event.detail > 0 && button.type === "button") button.blur();
  if (button.getAttribute("aria-disabled") === "true") return;
  const now = button.dataset.close === undefined ? button.id : "close";
  if (atOnce[now]) atOnce[now]();
  else if (!note(button)) press(button);
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  event.preventDefault();
  if (form.id === "refer") chooseOnly();
  if (form.dataset.open) open(form.dataset.open, bodyOf(form));
  if (!form.dataset.send) return;
  const ticket = form.dataset.ticket ? { ticket: Number(form.dataset.ticket) } : {};
  const body = { ...bodyOf(form), ...ticket };
  if (body.topics?.length === 0) say("Bitte lassen Sie mindestens ein Anliegen übrig.", { refused: true });
  else inTurn(() => sendFrom(form, body));
});

document.addEventListener("input", (event) => {
  const field = event.target;
  if (field.id === "find-referral") search(field);
  else if (field.id === "find-ended") findEnded(field);
  else if (field.id === "phrase-language") choosePhrases(field.value);
  else if (field.dataset.item) noteItem(field);
  else if (field.closest("#count")) chooseTopic(field);
  else field.closest("[data-part]")?.setAttribute("data-touched", "");
});

const idle = watchIdle(Number(page.dataset.idleS), element("leaving"), refresh);
whenDone(idle.here);
useKeys();
element("dialog").addEventListener("opened", showKeys);
element("dialog").addEventListener("opened", restore);
document.addEventListener("swapped", restore);
restore();
useFilter(refresh);
watchButtonTrial(refresh);
watchQueue();
keepClearOf(element("strip"));
listen({ changed, online, hello: "staff" });
setInterval(refresh, 60000); // the minutes of waiting
