// One key for each button, as written on it; staff can turn them off (WCAG 2.1.4).

const OFF = "radhaus.keys.off";
const NAMES = { " ": "Space" };
const TYPING = "input, select, textarea";
const PRESSED_BY_SPACE = "button, a, summary";

export function useKeys(toggle) {
  const show = () => document.body.classList.toggle("keys-off", !toggle.checked);
  toggle.checked = localStorage.getItem(OFF) === null;
  toggle.addEventListener("change", () => {
    if (toggle.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "");
    show();
  });
  show();

  document.addEventListener("keydown", (event) => {
    if (!toggle.checked || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
    const key = NAMES[event.key] ?? event.key.toUpperCase();
    const elsewhere = key === "Space" ? `${TYPING}, ${PRESSED_BY_SPACE}` : TYPING;
    if (event.target.closest?.(elsewhere) || document.querySelector("dialog[open]")) return;
    const button = document.querySelector(`[aria-keyshortcuts="${CSS.escape(key)}"]`);
    if (!button) return;
    event.preventDefault();
    button.click();
  });
}
