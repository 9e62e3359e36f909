// The call display. Each new call rings and stands beside at once, and in its turn large, ten seconds at least. It stays
// until the person has come or the call was taken back. Between calls the rules of the bus and its next stops are shown.

import { Chime } from "./chime.js";
import { listen, reader } from "./live.js";

const SHOWN_AT_LEAST_MS = 10000;
const BESIDE = 6;
const MANY = 4;
const CLOCK_MS = 2000;
const PLAN_MS = 900000;

const element = (id) => document.getElementById(id);
const chime = new Chime(element("sound"));

let state = { open: false, visit: null, waiting: 0, called: [], calls: [] };
let call = null; // the one shown large
let shownAt = -SHOWN_AT_LEAST_MS;
let known = null; // the ids of calls known here; a recall has a new one
let queued = [];
let ahead = 0; // the box's clock before that of this screen
let planned = []; // the visits that come next
let timer;

function show(next) {
  call = next;
  shownAt = performance.now();
  const panel = element("call");
  panel.classList.remove("arriving");
  void panel.offsetWidth; // so that the same call, called again, arrives again
  panel.classList.add("arriving");
}

const stillCalled = (one) => state.called.some((other) => other.entry === one?.entry);

// Decides what is shown large, now and when the ten seconds are over.
function step() {
  clearTimeout(timer);
  const over = call && !stillCalled(call);
  const left = over ? 0 : shownAt + SHOWN_AT_LEAST_MS - performance.now();
  if (queued.length && (left <= 0 || !call)) show(queued.shift());
  else if (over || !call) call = state.called[0] ?? null;
  if (queued.length) timer = setTimeout(step, Math.max(shownAt + SHOWN_AT_LEAST_MS - performance.now(), 100));
  draw();
}

function draw() {
  element("call").hidden = !call;
  element("pause").hidden = Boolean(call);
  element("number").textContent = call?.number ?? "";
  element("desk").textContent = call ? `Platz ${call.desk}` : "";
  element("before").hidden = true;
  element("open").hidden = !state.open;
  element("closed").hidden = state.open;
  if (element("rules")) element("rules").hidden = !state.open;
  const beside = state.called.filter((other) => other.number !== call?.number);
  element("beside").hidden = !beside.length;
  element("last").classList.toggle("many", beside.length > MANY);
  element("last").replaceChildren(...beside.slice(0, BESIDE).map(row));
  element("waiting").textContent = state.open ? waiting(state.waiting) : "";
  element("intake").hidden = !state.open || state.visit.intake;
  element("practice").hidden = !state.visit?.practice;
  element("stop").textContent = state.visit?.name ?? element("stop").dataset.service;
}

function drawPlanned() {
  element("next").hidden = !planned.length;
  element("visits").replaceChildren(...planned.map(plannedRow));
}

function plannedRow({ name, begins, ends }) {
  const item = document.createElement("li");
  const place = document.createElement("strong");
  place.textContent = name;
  item.append(`${dayFormat.format(Date.parse(begins))}, ${hours(begins)}–${hours(ends)} Uhr`, " ", place);
  return item;
}

function row({ number, desk }) {
  const item = document.createElement("li");
  const text = document.createElement("span");
  const place = document.createElement("span");
  text.className = "number";
  text.textContent = number;
  place.textContent = `Platz ${desk}`;
  item.append(text, " ", place);
  return item;
}

const timeZone = "Europe/Berlin";
const clockFormat = new Intl.DateTimeFormat("de-DE", { timeStyle: "short", timeZone });
const dayFormat = new Intl.DateTimeFormat("de-DE", { weekday: "short", day: "numeric", month: "numeric", timeZone });
const hours = (time) => clockFormat.format(Date.parse(time));

function tick() {
  element("clock").textContent = clockFormat.format(Date.now() + ahead);
}

function waiting(count) {
  if (count === 0) return "Niemand wartet";
  return count === 1 ? "1 Person wartet" : `${count} Personen warten`;
}

async function ask(path) {
  try {
    const response = await fetch(path, { signal: AbortSignal.timeout(10000) });
    ahead = Date.parse(response.headers.get("Date")) - Date.now() || 0;
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

async function readPlan() {
  planned = (await ask("/api/v1/timetable/next")) ?? planned;
  drawPlanned();
}

function online(there) {
  element("lost").hidden = there;
}

const refresh = reader(() => ask("/api/v1/state"), (fresh) => {
  online(fresh !== null);
  if (fresh === null) return;
  if (fresh.open !== state.open) readPlan();
  state = fresh;
  const news = state.called.filter(({ entry }) => known && !known.has(entry));
  known = new Set([...(known ?? []), ...state.calls.map(({ entry }) => entry)]);
  // Who has come meanwhile, while the line was cut or another number was shown, is not called any more.
  queued = [...queued.filter(stillCalled), ...news.reverse()];
  for (const _ of news) chime.ring();
  step();
});

if (element("clock")) setInterval(tick, CLOCK_MS);
listen({ changed: () => refresh(), online });
readPlan();
setInterval(readPlan, PLAN_MS);
setInterval(refresh, 60000); // whatever went wrong, it is right again within a minute
