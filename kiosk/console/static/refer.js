// To whom somebody is referred: a list to search in, and a sheet of paper to take along.

import { ask } from "./box.js";
import { close, open } from "./dialogs.js";
import { desk, say, send, wishOf } from "./send.js";

const PRINTING = "Das Informationsblatt wird gedruckt.";
const PRINTED = "Das Informationsblatt ist gedruckt.";
const FAILED = "Das Informationsblatt konnte nicht gedruckt werden. Bitte sehen Sie nach dem Drucker.";
const LOOK_MS = 500;
const LOOKS = 120; // a minute: the box gives up long before

let pending;

// Opens the list; what is chosen is sent with the rest of `body` to `path`, and told after what is `said`.
export function askWhere(path, body, about, said) {
  pending = { path, body, said };
  return open("refer", about);
}

export async function refer(button) {
  const { path, body, said } = pending;
  const referral = button.dataset.referral || null;
  if (!(await send(path, { ...body, referral }))) return;
  close();
  say(referral ? `${said} an ${button.dataset.name}` : said);
}

export async function printSheet(button) {
  const { language } = document.getElementById("refer").dataset;
  const body = { offer: button.dataset.sheet, language, desk };
  const answer = await send("/api/v1/sheets", body, wishOf(button, body));
  if (!answer) return;
  say(PRINTING);
  follow(answer.body.id, button);
}

// Tells what becomes of a sheet. After a failure the button asks for another one.
async function follow(sheet, button) {
  for (let look = 0; look < LOOKS; look += 1) {
    const text = await ask(`/api/v1/sheets/${sheet}`);
    const state = text && JSON.parse(text).state;
    if (state === "printed") return document.getElementById("refused").textContent || say(PRINTED);
    if (state === "failed") break;
    await new Promise((done) => setTimeout(done, LOOK_MS));
  }
  delete button.dataset.wished;
  say(FAILED, { refused: true });
}

export function search(input) {
  const words = input.value.toLowerCase().split(/\s+/);
  const list = document.getElementById("refer");
  for (const entry of list.querySelectorAll("[data-entry]")) {
    entry.hidden = !words.every((word) => entry.dataset.entry.includes(word));
  }
  for (const section of list.querySelectorAll("section")) {
    section.hidden = !section.querySelector("[data-entry]:not([hidden])");
  }
  document.getElementById("no-referral").hidden = Boolean(list.querySelector("section:not([hidden])"));
}

// Enter in the field: what is left when all but one have been searched away.
export function chooseOnly() {
  const [only, ...others] = document.querySelectorAll("#refer [data-entry]:not([hidden]) .entry");
  if (document.getElementById("find-referral").value.trim() && only && !others.length) only.click();
}
