// Questions and orders to the box. A session that has ended leads to the login page.

import { adoptSession, csrf } from "./csrf.js";
import { line } from "./live.js";

const PATIENCE_MS = 10000;
export const NO_LINE = "Keine Verbindung. Bitte versuchen Sie es gleich noch einmal.";
export const NO_ANSWER =
  "Die Verbindung steht, aber es kommt keine Antwort. Vielleicht sind zu viele Seiten dieses Busses offen:" +
  " Bitte schließen Sie, was Sie nicht brauchen.";

// A browser has six connections to the box: what finds none free is never sent, and the line is not to blame.
const isCrowded = (error) => error === "TimeoutError" && line.stands;

function leave() {
  location.assign(`/staff/login?desk=${encodeURIComponent(document.getElementById("desk").dataset.desk)}`);
}

// The text at an address, or null when it cannot be had now; undefined when the line stands and no answer comes.
export async function ask(path) {
  try {
    const response = await fetch(path, { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (response.status === 401) leave();
    return response.ok ? await response.text() : null;
  } catch ({ name }) {
    return isCrowded(name) ? undefined : null;
  }
}

const request = (path, body, headers) =>
  fetch(path, {
    method: "POST",
    signal: AbortSignal.timeout(PATIENCE_MS),
    body: body === undefined ? undefined : JSON.stringify(body),
    headers: {
      "Accept-Language": "de",
      "Content-Type": "application/json",
      "X-CSRF-Token": csrf,
      ...headers,
    },
  });

// `{ok, body, view}`, or `{ok: false, refused: "a sentence"}`. `view` is the page afterwards, where it was asked for:
// it comes later, and is null when it gets lost.
export async function post(path, body, headers = {}) {
  let response;
  try {
    response = await request(path, body, headers);
    if (response.status === 403 && adoptSession(await ask(location.pathname))) response = await request(path, body, headers);
  } catch ({ name }) {
    return { ok: false, refused: isCrowded(name) ? NO_ANSWER : NO_LINE };
  }
  if (response.status === 401) leave();
  const answer = response.headers.get("X-Answer");
  if (answer) return { ok: true, body: JSON.parse(answer), view: response.text().catch(() => null) };
  const text = await response.text();
  const content = text ? JSON.parse(text) : null;
  if (!response.ok) return { ok: false, refused: content?.detail ?? NO_LINE };
  return { ok: true, body: content };
}
