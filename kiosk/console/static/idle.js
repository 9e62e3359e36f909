// Warns two minutes before an idle session ends, so that no clerk is logged out unasked (WCAG 2.2.1).

const WARNING_S = 120;

// `here()` begins the idle time anew. `ended` is called when it is over; the box decides whether that is so.
export function watchIdle(idleS, notice, ended) {
  let warning;
  let end;

  function here() {
    clearTimeout(warning);
    clearTimeout(end);
    notice.hidden = true;
    warning = setTimeout(() => (notice.hidden = false), (idleS - WARNING_S) * 1000);
    end = setTimeout(ended, (idleS + 1) * 1000);
  }

  here();
  return { here };
}
