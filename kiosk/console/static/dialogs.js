// One dialog at a time. It is asked for when it is opened, and nothing in it changes while staff type.

import { NO_ANSWER, NO_LINE, ask } from "./box.js";
import { clearNote, place, say } from "./send.js";

const dialog = document.getElementById("dialog");
const strip = document.getElementById("strip");
const stripPlace = document.getElementById("strip-place");

const DEAF_MS = 300; // an input before the dialog can have been read was meant for the page beneath

let opener = "";
let asked = 0;
let waking;
let held = false;
let escapes = 0;

// How often staff pressed Escape on the page: a dialog that was asked for before does not open any more.
export const escaped = () => escapes;

function deafen() {
  dialog.dataset.deaf = "";
  held = true;
  clearTimeout(waking);
  waking = setTimeout(() => delete dialog.dataset.deaf, DEAF_MS);
}

function swallow(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}

// Escape first clears what was searched for, and closes the dialog when nothing is left to clear.
function clearSearch(field) {
  if (!field.matches?.("dialog input[type=search]") || !field.value) return false;
  field.value = "";
  field.dispatchEvent(new Event("input", { bubbles: true }));
  return true;
}

const isDeaf = () => dialog.open && dialog.dataset.deaf !== undefined;

document.addEventListener("click", (event) => isDeaf() && swallow(event), true);
document.addEventListener(
  "keydown",
  (event) => {
    if (event.key === "Escape" && !dialog.open) escapes += 1;
    if (event.key === "Escape" && clearSearch(event.target)) swallow(event);
    if (event.key === "Escape" || event.key === "Tab") return;
    if (isDeaf() || (dialog.open && held && event.repeat)) swallow(event);
    else if (!event.repeat) held = false;
  },
  true,
);

const inSight = (target) => target.getBoundingClientRect().bottom <= dialog.getBoundingClientRect().bottom;

// Where the focus begins must do nothing: a key too many is pressed easily. Checkboxes are not begun with either,
// nor what lies below a small window: the heading would be scrolled out of it; nor, on a phone, a field to write in:
// its keyboard would cover the list.
function begin() {
  const heading = dialog.querySelector("h2");
  const field = dialog.querySelector("input:not([type=hidden]), select");
  const first = dialog.querySelector("[autofocus]") ?? (field?.matches("[type=checkbox], [type=radio]") ? null : field);
  const covers = first?.matches("input") && matchMedia("(pointer: coarse)").matches;
  heading.tabIndex = -1;
  (first && inSight(first) && !covers ? first : heading).focus();
}

export async function open(name, about = {}, since = escapes) {
  const within = dialog.open;
  const mine = ++asked;
  const html = await ask(`${place}/dialogs/${name}?${new URLSearchParams(about)}`);
  if (mine !== asked || since !== escapes || (within && !dialog.open)) return false; // left, or another was asked for
  if (!html) {
    say(html === null ? NO_LINE : NO_ANSWER, { refused: true });
    return false;
  }
  clearNote();
  stripPlace.before(strip);
  if (!within || dialog.dataset.name !== name) deafen();
  dialog.innerHTML = html;
  dialog.dataset.name = name;
  if (!dialog.open) {
    opener = document.activeElement.id;
    dialog.showModal();
  }
  dialog.scrollTop = 0;
  begin();
  dialog.prepend(strip); // so that messages are seen above everything else
  dialog.dispatchEvent(new Event("opened"));
  return true;
}

export function close() {
  if (dialog.open) dialog.close();
}

// The browser tells it with its next frame: on a busy laptop staff may have gone on by then.
dialog.addEventListener("close", () => {
  if (dialog.open) return; // the next one
  stripPlace.before(strip);
  dialog.replaceChildren();
  // The button may have been swapped meanwhile, so the browser cannot give the focus back by itself.
  if (opener && document.activeElement === document.body) document.getElementById(opener)?.focus();
  opener = "";
});

// What a form says, as the box wants to read it: an empty field is not sent, or null where a number is asked for.
export function bodyOf(form) {
  const body = {};
  for (const field of form.elements) {
    const { name, type, value, checked } = field;
    if (!name) continue;
    if (field.dataset.list !== undefined) (body[name] ??= []).push(...(checked ? [value] : []));
    else if (type === "checkbox") body[name] = checked;
    else if (field.dataset.null !== undefined && value === "") body[name] = null;
    else if (type === "number") body[name] = value === "" ? null : Number(value);
    else if (value !== "") body[name] = value.trim();
  }
  return body;
}
