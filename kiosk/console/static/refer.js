// Referral dialog: a list to search in, and the sheet that goes along.

import { close, open } from "./dialogs.js";
import { printSheet } from "./paper.js";
import { say, send } from "./send.js";

let pending;

// Opens the list, unless staff pressed Escape `since`; what is chosen is sent with the rest of `body` to `path`, and
// announced after `said`.
export function askWhere({ path, body, about, said, since }) {
  pending = { path, body, said };
  say("");
  return open("refer", about, since);
}

export async function refer(button) {
  const { path, body, said } = pending;
  const { name, print, referral } = button.dataset;
  const { language } = document.getElementById("refer").dataset;
  if (!(await send(path, { ...body, referral: referral || null }))) return;
  close();
  const sentence = referral ? `${said} an ${name}` : said;
  say(sentence);
  if (print) await printSheet(button, print, language, `${sentence}. `);
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

// The list of numbers that have ended.
export function findEnded(input) {
  const entries = [...document.querySelectorAll("#ended [data-entry]")];
  for (const entry of entries) entry.hidden = !entry.dataset.entry.includes(input.value.trim().toLowerCase());
  document.getElementById("no-ended").hidden = entries.some((entry) => !entry.hidden);
}

// Enter in the field: what is left when all but one have been searched away.
export function chooseOnly() {
  const [only, ...others] = document.querySelectorAll("#refer [data-entry]:not([hidden]) .entry");
  if (document.getElementById("find-referral").value.trim() && only && !others.length) only.click();
}
