// Offers the time of this laptop, in the time of the bus, until somebody types another, and asks the box to take it.

import { adoptSession, csrf } from "./csrf.js";
import { watchIdle } from "./idle.js";

const LOOK_MS = 1000;
const LOOKS = 60; // a slow box starts the program that sets the clock
const UNANSWERED = "Die Uhr ließ sich nicht stellen. Bitte versuchen Sie es noch einmal.";
const NO_LINE = "Keine Verbindung. Bitte versuchen Sie es gleich noch einmal.";
const element = (id) => document.getElementById(id);
const leave = () => location.assign("/staff/login");
const idle = watchIdle(Number(element("clock").dataset.idleS), element("leaving"), leave);
const form = element("time");

function offer() {
  const parts = new Date().toLocaleString("sv-SE", { timeZone: "Europe/Berlin" }); // 2026-11-30 08:15:00
  [element("date").value, element("hour").value] = parts.split(" ");
}

const send = (path, body) =>
  fetch(path, {
    method: "POST",
    headers: { "Accept-Language": "de", "Content-Type": "application/json", "X-CSRF-Token": csrf },
    body: JSON.stringify(body),
  });

async function post(path, body) {
  const response = await send(path, body);
  if (response.status !== 403) return response;
  return adoptSession(await (await fetch(location.pathname)).text()) ? send(path, body) : response;
}

// Reads what became of it; the new time is seen on the page that is loaded again.
async function follow() {
  for (let looks = 0; looks < LOOKS; looks += 1) {
    await new Promise((done) => setTimeout(done, LOOK_MS));
    const { answered, refused } = await (await fetch("/staff/clock/answer")).json();
    if (refused) throw new Error(refused);
    if (answered) return location.reload();
  }
  throw new Error(UNANSWERED);
}

async function confirm(event) {
  event.preventDefault();
  const time = element("hour").value;
  const local = `${element("date").value}T${time.length === 5 ? `${time}:00` : time}`;
  element("refused").textContent = "";
  element("working").textContent = "Die Uhr wird gestellt …";
  try {
    const response = await post("/staff/clock", { local });
    if (response.status === 401) return leave();
    if (!response.ok) throw new Error((await response.json()).detail);
    await follow();
  } catch (error) {
    element("working").textContent = "";
    element("refused").textContent = error instanceof TypeError ? NO_LINE : error.message;
  }
}

if (form) {
  offer();
  const ticking = setInterval(offer, 1000);
  for (const what of ["date", "hour"]) element(what).addEventListener("focus", () => clearInterval(ticking));
  form.addEventListener("submit", confirm);
}
element("stay").addEventListener("click", async () => {
  await post("/staff/here", {});
  idle.here();
});
