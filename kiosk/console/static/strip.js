// The strip of messages stays at the top of the window. What it takes from the page is told to the browser, so that
// nothing that gets the focus is scrolled beneath it, and what has the focus already is not pushed out of sight.

const GAP_PX = 16;

export function keepClearOf(strip) {
  let height = 0;
  new ResizeObserver(() => {
    const grown = strip.offsetHeight - height;
    height = strip.offsetHeight;
    document.documentElement.style.scrollPaddingTop = `${height + GAP_PX}px`;
    const focused = document.activeElement;
    const { top, bottom } = focused.getBoundingClientRect();
    const seen = top - grown < innerHeight && bottom > 0;
    if (focused !== document.body && seen) focused.scrollIntoView({ block: "nearest" });
  }).observe(strip);
}
