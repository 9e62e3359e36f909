// The line to the box: one stream of events that heals by itself, and says at once when it is cut.

const SILENCE_MS = 12000; // the box speaks every 5 seconds
const RETRY_MS = 1000;

// Reads something again and again. An answer that was overtaken by a later one is dropped; `null` means that
// there was none. `read()` may be another way to the same.
export function reader(read, show) {
  let asked = 0;
  let shown = 0;
  return async (other = read) => {
    const mine = (asked += 1);
    const answer = await other();
    if (mine < shown) return;
    shown = mine;
    show(answer);
  };
}

// Calls `changed(id)` whenever anything may be different, without the event's id when all may, and `online(true | false)` when the line comes and goes.
export function listen({ changed, online }) {
  let source;
  let silence;

  const heard = () => {
    clearTimeout(silence);
    silence = setTimeout(reopen, SILENCE_MS);
  };
  const lost = () => {
    online(false);
    if (source.readyState === EventSource.CLOSED) {
      clearTimeout(silence);
      silence = setTimeout(open, RETRY_MS);
    }
  };

  function open() {
    source = new EventSource("/api/v1/events");
    source.onopen = () => {
      heard();
      online(true);
      changed();
    };
    source.onerror = lost;
    source.addEventListener("alive", heard);
    for (const kind of ["changed", "called"]) {
      source.addEventListener(kind, ({ lastEventId }) => {
        heard();
        changed(Number(lastEventId));
      });
    }
    source.addEventListener("doors", () => {
      heard();
      changed();
    });
    heard();
  }

  function reopen() {
    source.close();
    online(false);
    open();
  }

  addEventListener("offline", () => online(false));
  addEventListener("online", reopen);
  open();
}
