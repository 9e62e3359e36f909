// Imports a file in two steps: the box shows what would change, and does it once that is confirmed.

import { adoptSession, csrf } from "./csrf.js";
import { watchIdle } from "./idle.js";

const PATIENCE_MS = 60000; // a large calendar takes the box some seconds
const LEAST_BYTES_PER_MS = 20; // what comes more slowly the box does not take
const NO_LINE = "Keine Verbindung. Bitte versuchen Sie es gleich noch einmal.";

const element = (id) => document.getElementById(id);
const page = element("import");
const address = `/staff/import/${page.dataset.kind}`;
const leave = () => location.assign("/staff/login");
const idle = watchIdle(Number(page.dataset.idleS), element("leaving"), leave);

let busy = false;

function request(path, body) {
  const headers = { "Accept-Language": "de", "X-CSRF-Token": csrf, "Content-Type": "application/octet-stream" };
  const signal = AbortSignal.timeout(PATIENCE_MS + (body?.size ?? 0) / LEAST_BYTES_PER_MS);
  return fetch(`${address}/${path}`, { method: "POST", body, headers, signal });
}

const ownPage = async () => (await fetch(location.pathname)).text();

async function post(path, body) {
  try {
    let response = await request(path, body);
    if (response.status === 403 && adoptSession(await ownPage())) response = await request(path, body);
    if (response.status === 401) return leave();
    idle.here();
    const text = await response.text();
    if (response.headers.get("Content-Type")?.startsWith("text/html")) return show(text);
    return response.ok ? show("") : refuse(JSON.parse(text).detail);
  } catch {
    return refuse(NO_LINE);
  }
}

function show(html) {
  element("result").innerHTML = html;
  const title = element("result-title");
  element("working").textContent = "";
  (title ?? element("file")).focus();
  title?.scrollIntoView({ block: "nearest" });
}

function refuse(sentence) {
  element("working").textContent = "";
  element("refused").textContent = sentence;
}

// One thing after the other: a second press while the box works is none.
async function once(action) {
  if (busy) return;
  busy = true;
  element("refused").textContent = "";
  element("working").textContent = "Wird geprüft …";
  await action();
  busy = false;
}

function preview() {
  const [file] = element("file").files;
  if (file.size > Number(page.dataset.largestBytes)) {
    return refuse("Die Datei ist zu groß. Bitte exportieren Sie nur einen Kalender oder eine Tabelle.");
  }
  const query = new URLSearchParams({ name: file.name, replace_all: element("choose").replace_all.checked });
  return post(`preview?${query}`, file);
}

element("choose").addEventListener("submit", (event) => {
  event.preventDefault();
  once(preview);
});

// Another file or choice: what was shown is about the one before.
element("choose").addEventListener("change", () => element("result").replaceChildren());

page.addEventListener("click", ({ target }) => {
  const { confirm, drop } = target.closest("button")?.dataset ?? {};
  if (confirm) once(() => post(`confirm?${new URLSearchParams({ token: confirm })}`));
  if (drop) once(() => post(`drop?${new URLSearchParams({ token: drop })}`));
});

element("stay").addEventListener("click", async () => {
  await fetch("/staff/here", { method: "POST", headers: { "X-CSRF-Token": csrf } });
  idle.here();
});
