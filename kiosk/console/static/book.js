// Booking of an appointment: the times that are free.

import { close, open } from "./dialogs.js";
import { say, send } from "./send.js";

let pending;

// Opens the list; the time that is chosen is sent with the rest of `body` to `path`, and told after what is `said`.
export function askWhen({ since, ...asked }) {
  pending = asked;
  say("");
  return open("book", {}, since);
}

export async function book(button) {
  const { path, body, said } = pending;
  const { book: slot, name } = button.dataset;
  if (!(await send(path, slot ? { ...body, appointment: JSON.parse(slot) } : body))) return;
  close();
  say(name ? `${said}: ${name}` : said);
}
