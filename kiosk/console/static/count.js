// People who were helped without a number: what for, and how it ended.

import { close } from "./dialogs.js";
import { recordOf } from "./record.js";
import { askWhere } from "./refer.js";
import { atDesk, desk, say } from "./send.js";

const form = () => document.getElementById("count");

// The last of both choices counts: a topic of the day, or one from the whole list.
export function chooseTopic(field) {
  const { other, topic } = form().elements;
  if (field === other) topic.forEach?.((radio) => (radio.checked = false));
  else other.value = "";
  if (topic.checked && field === other) topic.checked = false;
}

export async function count({ outcome, asks, label }) {
  const topic = new FormData(form()).get("topic") || form().elements.other.value;
  if (!topic) {
    say("Bitte wählen Sie zuerst ein Anliegen.", { refused: true });
    form().querySelector("input, select").focus();
    return;
  }
  const after = Number(form().dataset.after) || null; // so that a second try is not counted twice
  const body = { topic, outcome, after, ...recordOf(form().querySelector("[data-record]")) };
  const said = "Ohne Nummer gezählt";
  if (asks === "referral") {
    const path = `/api/v1/desks/${encodeURIComponent(desk)}/count`;
    await askWhere({ path, body, about: { topic }, said: `${said}: ${label}` });
  } else if (await atDesk("count", body)) {
    close();
    say(`${said}.`);
  }
}
