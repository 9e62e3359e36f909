// Says what staff do to the box, one thing after the other, and shows what the box says then.

import { NO_LINE, ask, post } from "./box.js";
import { query } from "./filter.js";
import { reader } from "./live.js";
import { entryOf, swap, refusedBeforeReload } from "./parts.js";

const element = (id) => document.getElementById(id);
export const desk = element("desk").dataset.desk;
export const place = `/staff/desks/${encodeURIComponent(desk)}`;

const NOTE_MS = 8000; // long enough to be read

let turn = Promise.resolve();
let onSuccess = () => {};
let fading = null;
let shown = entryOf(document);
let heard = 0;
let acting = 0;

// `then()` is called whenever something was done.
export function whenDone(then) {
  onSuccess = then;
}

export function say(text, { refused = false } = {}) {
  element("refused").textContent = refused ? text : "";
  element("note").textContent = refused ? "" : text;
  clearTimeout(fading);
  fading = setTimeout(fade, NOTE_MS);
}

// What was done is told for a moment, and not over something else; a refusal stays.
export function clearNote() {
  element("note").textContent = "";
}

function fade() {
  fading = null;
  clearNote();
  if (!element("lost").textContent) clearNoLine();
}

function clearNoLine() {
  if (element("refused").textContent === NO_LINE) element("refused").textContent = "";
}

// That there was no line is left to be read when it comes back at once.
export function online(there) {
  element("lost").textContent = there ? "" : "Verbindung verloren – wird neu aufgebaut";
  if (there && fading === null) clearNoLine();
}

if (refusedBeforeReload) say(refusedBeforeReload, { refused: true });

export const refresh = reader(
  () => ask(`${place}/view?${query()}`),
  (html) => {
    if (html !== undefined) online(html !== null);
    if (html) shown = swap(html);
  },
);

const catchUp = () => acting || heard <= shown || refresh();

// An event that the page shows already asks for nothing; during an own action, its end shows all.
export function changed(entry) {
  if (!entry) return refresh();
  heard = Math.max(heard, entry);
  return catchUp();
}

// What is pressed while another action is under way waits for what that one shows.
export function inTurn(action) {
  turn = turn.then(action, action);
  return turn;
}

// Sends one action and shows what came of it; null when it was refused. `first(body)` shows what cannot wait for the page.
export async function send(path, body, headers, first = () => {}) {
  acting += 1;
  try {
    const answer = await post(path, body, headers);
    say(answer.refused ?? "", { refused: Boolean(answer.refused) });
    if (answer.ok) onSuccess();
    if (answer.ok) first(answer.body);
    await (answer.view === undefined ? refresh() : refresh(() => answer.view));
    return answer.ok ? answer : null;
  } finally {
    acting -= 1;
    catchUp(); // with what others have done meanwhile
  }
}

// An action of the desk is answered with the page as it is then.
export const atDesk = (action, body, first) =>
  send(`/api/v1/desks/${encodeURIComponent(desk)}/${action}`, body, { "X-View": query() }, first);

const newKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16)).join("-");

// Asked again after an answer was lost, it is the same wish; for anything else it is another one.
export function wishOf(asking, body) {
  const text = JSON.stringify(body);
  if (asking.dataset.wished !== text) Object.assign(asking.dataset, { wished: text, key: newKey() });
  return { "Idempotency-Key": asking.dataset.key };
}
