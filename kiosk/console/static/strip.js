// The strip of messages stays at the top of the window. What it takes from the page is told to the browser, so that
// nothing that gets the focus is scrolled beneath it, and what has the focus already is not pushed out of sight.

const GAP_PX = 16;

export function keepClearOf(strip) {
  const messages = strip.firstElementChild;
  let height = 0;
  new ResizeObserver(() => {
    const grown = messages.offsetHeight - height;
    height = messages.offsetHeight;
    document.documentElement.style.scrollPaddingTop = `${height + GAP_PX}px`;
    const focused = document.activeElement;
    const { top, bottom } = focused.getBoundingClientRect();
    const seen = top - grown < innerHeight && bottom > 0;
    if (focused !== document.body && seen) focused.scrollIntoView({ block: "nearest" });
  }).observe(messages);
}
