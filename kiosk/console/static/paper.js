// Paper that staff have printed: asked for once, then followed until the box says how it went.

import { ask } from "./box.js";
import { desk, place, refresh, say, send, wishOf } from "./send.js";

const LOOK_MS = 500;
const LOOKS = 120; // a minute: the box gives up long before

const sheetAfter = (prefix) => ({
  coming: `${prefix}Das Informationsblatt wird gedruckt.`,
  printed: `${prefix}Das Informationsblatt ist gedruckt.`,
  failed: `${prefix}Das Informationsblatt konnte nicht gedruckt werden. Bitte sehen Sie nach dem Drucker.`,
});
const PHRASES = {
  coming: "Die Sätze werden gedruckt.",
  printed: "Die Sätze sind gedruckt.",
  failed: "Die Sätze konnten nicht gedruckt werden. Bitte sehen Sie nach dem Drucker.",
};
const slipOf = (number) => ({
  coming: `Der Zettel von ${number} wird gedruckt.`,
  printed: `Der Zettel von ${number} ist gedruckt, als Kopie.`,
  failed: `Der Zettel von ${number} konnte nicht gedruckt werden. Bitte sehen Sie nach dem Drucker.`,
});

// `prefix` stands before, where printing was not all.
export function printSheet(button, offer, language, prefix = "") {
  const body = { offer, language, desk };
  const stateOf = async ({ id }) => JSON.parse((await ask(`/api/v1/sheets/${id}`)) ?? "{}").state;
  return print(button, "/api/v1/sheets", body, stateOf, offer === "phrases" ? PHRASES : sheetAfter(prefix));
}

export function printSlip(button) {
  const path = `/api/v1/tickets/${button.dataset.slip}/slip`;
  const stateOf = async ({ id }) => {
    const { copies = [] } = JSON.parse((await ask(path)) ?? "{}");
    return copies.find((copy) => copy.id === id)?.state;
  };
  return print(button, path, {}, stateOf, slipOf(button.dataset.number), () => refreshPaperState(button.dataset.slip));
}

// What stands of the paper in an open dialog, in which nothing else changes while staff type.
async function refreshPaperState(ticket) {
  const state = document.querySelector(`[data-paper="${ticket}"]`);
  const html = state && (await ask(`${place}/dialogs/ticket?${new URLSearchParams({ ticket })}`));
  const fresh = html && new DOMParser().parseFromString(html, "text/html").querySelector("[data-paper]");
  if (fresh) state.textContent = fresh.textContent;
}

async function print(button, path, body, stateOf, words, changed = () => {}) {
  const answer = await send(path, body, wishOf(button, body));
  if (!answer) return;
  say(words.coming);
  changed();
  follow(() => stateOf(answer.body), words).finally(() => {
    delete button.dataset.wished; // the next request is a new wish
    refresh();
    changed();
  });
}

async function follow(look, words) {
  for (let times = 0; times < LOOKS; times += 1) {
    const state = await look();
    if (state === "printed") return document.getElementById("refused").textContent || say(words.printed);
    if (state === "failed") break;
    await new Promise((done) => setTimeout(done, LOOK_MS));
  }
  return say(words.failed, { refused: true });
}
