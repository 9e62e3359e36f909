// One key for each button, as written on it; staff can turn them off (WCAG 2.1.4).

const OFF = "radhaus.keys.off";
const NAMES = { " ": "Space", "+": "Plus" };
const TYPING = "input:not([type=checkbox], [type=radio]), select, textarea";
const PRESSED_BY_SPACE = "button, a, summary, input";

// While staff search, letters and digits are text; with Shift a digit is a key, whatever it would write.
const typing = (key) => !/^Shift\+\d$/.test(key);

const used = () => localStorage.getItem(OFF) === null;

// The checkbox for it, if one is on the page now, and the signs on the buttons.
export function showKeys() {
  const toggle = document.getElementById("keys");
  if (toggle) toggle.checked = used();
  document.body.classList.toggle("keys-off", !used());
}

function named(event) {
  if (event.shiftKey && /^Digit\d$/.test(event.code)) return `Shift+${event.code.at(-1)}`;
  const letter = event.key.length === 1 ? event.key.toUpperCase() : event.key;
  if (event.shiftKey && /^[A-Z]$/.test(letter)) return `Shift+${letter}`;
  const name = NAMES[event.key] ?? letter;
  return event.ctrlKey || event.metaKey ? `Control+${name}` : name;
}

function pressedBy(key) {
  const scope = document.querySelector("dialog[open]") ?? document;
  const buttons = scope.querySelectorAll(`[aria-keyshortcuts~="${CSS.escape(key)}"]`);
  return [...buttons].find((button) => button.checkVisibility());
}

export function useKeys() {
  document.addEventListener("change", ({ target }) => {
    if (target.id !== "keys") return;
    if (target.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "");
    showKeys();
  });
  showKeys();

  document.addEventListener("keydown", (event) => {
    if (!used() || event.repeat || event.altKey) return;
    const key = named(event);
    const elsewhere = key === "Space" ? `${TYPING}, ${PRESSED_BY_SPACE}` : TYPING;
    // That of a dialog has the focus until the browser draws the page without it.
    const field = event.target.closest?.(elsewhere);
    if (field?.checkVisibility() && typing(key)) return;
    const button = pressedBy(key);
    if (!button) return;
    event.preventDefault();
    button.click();
  });
}
