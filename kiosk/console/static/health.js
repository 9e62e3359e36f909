// Asks the box to look at itself or to make a file for the help desk, and shows what came of it.

import { adoptSession, csrf } from "./csrf.js";
import { watchIdle } from "./idle.js";

const LOOK_MS = 2000;
const NO_LINE = "Keine Verbindung. Bitte versuchen Sie es gleich noch einmal.";
const WORKING = { check: "Die Prüfung läuft …", support: "Die Datei wird erstellt …" };
const DONE = { check: "Die Prüfung ist fertig.", support: "Die Datei ist fertig." };

const element = (id) => document.getElementById(id);
const leave = () => location.assign("/staff/login");
const idle = watchIdle(Number(element("health").dataset.idleS), element("leaving"), leave);

const stateOf = (what) => {
  const { state, supportState } = element("view").firstElementChild.dataset;
  return what === "support" ? supportState : state;
};

const send = (path) => fetch(path, { method: "POST", headers: { "Accept-Language": "de", "X-CSRF-Token": csrf } });
const ownPage = async () => (await fetch(location.pathname)).text();

async function post(path) {
  const response = await send(path);
  return response.status === 403 && adoptSession(await ownPage()) ? send(path) : response;
}

// The new view takes the place of the old one; whoever stood in it goes on at its beginning.
async function look() {
  const response = await fetch("/staff/health/view");
  if (response.status === 401) return leave();
  if (!response.ok) return;
  const within = element("view").contains(document.activeElement);
  element("view").innerHTML = await response.text();
  if (within) element("headline").focus();
}

async function follow(what) {
  element("working").textContent = WORKING[what];
  while (stateOf(what) === "running") {
    await new Promise((done) => setTimeout(done, LOOK_MS));
    await look().catch(() => {}); // no line: the next look tells
  }
  element("working").textContent = stateOf(what) === "idle" ? DONE[what] : "";
}

async function ask(what) {
  element("refused").textContent = "";
  try {
    const response = await post(`/staff/health/${what}`);
    if (response.status === 401) return leave();
    if (!response.ok) throw new Error((await response.json()).detail);
    idle.here();
    await look();
    await follow(what);
  } catch (error) {
    element("working").textContent = "";
    element("refused").textContent = error instanceof TypeError ? NO_LINE : error.message;
  }
}

let asking = false;
document.addEventListener("click", async ({ target }) => {
  const what = target.closest("[data-ask]")?.dataset.ask;
  if (!what || asking) return;
  asking = true;
  await ask(what);
  asking = false;
});
element("stay").addEventListener("click", async () => {
  await post("/staff/here");
  idle.here();
});
for (const what of ["check", "support"]) if (stateOf(what) === "running") follow(what);
