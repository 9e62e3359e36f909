// The call display: one call at a time, ten seconds at least, with a chime; the last three beside it.

import { Chime } from "./chime.js";
import { listen } from "./live.js";

const SHOWN_AT_LEAST_MS = 10000;
const BESIDE = 3;

const element = (id) => document.getElementById(id);
const chime = new Chime(element("sound"));
const same = (one, other) => one.number === other?.number && one.desk === other?.desk;

let state = { open: false, visit: null, waiting: 0, called: [], calls: [] };
let call = null; // the one shown large
let shownAt = -SHOWN_AT_LEAST_MS;
let queued = [];
let timer;

function show(next, { ring }) {
  call = next;
  shownAt = performance.now();
  if (!ring) return;
  chime.ring();
  const panel = element("call");
  panel.classList.remove("arriving");
  void panel.offsetWidth; // so that the same call, called again, arrives again
  panel.classList.add("arriving");
}

// Decides what is shown large, now and when the ten seconds are over.
function step() {
  clearTimeout(timer);
  const left = shownAt + SHOWN_AT_LEAST_MS - performance.now();
  if (queued.length && (left <= 0 || !call)) show(queued.shift(), { ring: true });
  else if (left <= 0 && !state.called.some((other) => same(other, call))) call = state.called[0] ?? null;
  if (left > 0 || queued.length) timer = setTimeout(step, Math.max(left, 100));
  draw();
}

function draw() {
  element("call").hidden = !call;
  element("pause").hidden = Boolean(call);
  element("number").textContent = call?.number ?? "";
  element("desk").textContent = call ? `Platz ${call.desk}` : "";
  element("pause-title").textContent = state.open ? "Bitte warten Sie" : "Im Moment geschlossen";
  element("pause-text").textContent = state.open ? "Ihre Nummer erscheint hier." : "";
  const beside = state.calls.filter((other) => !same(other, call)).slice(0, BESIDE);
  element("beside").hidden = !beside.length;
  element("last").replaceChildren(...beside.map(row));
  element("waiting").textContent = state.open ? waiting(state.waiting) : "";
  element("stop").textContent = state.visit?.name ?? "";
}

function row({ number, desk }) {
  const item = document.createElement("li");
  const text = document.createElement("span");
  const place = document.createElement("span");
  text.className = "number";
  text.textContent = number;
  place.textContent = desk;
  item.append(text, " ", place);
  return item;
}

function waiting(count) {
  if (count === 0) return "Niemand wartet";
  return count === 1 ? "1 Person wartet" : `${count} Personen warten`;
}

async function refresh() {
  try {
    const response = await fetch("/api/v1/state");
    if (!response.ok) return;
    state = await response.json();
  } catch {
    return; // the line is cut; it says so, and heals
  }
  // After a cut line: who was called and has come need not be called again.
  queued = queued.filter((waiting) => state.called.some((other) => same(other, waiting)));
  step();
}

listen({
  called: ({ number, desk }) => {
    queued.push({ number, desk });
    step();
  },
  changed: refresh,
  online: (there) => {
    element("lost").hidden = there;
  },
});
