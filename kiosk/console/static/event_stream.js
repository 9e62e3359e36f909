// One stream of events that heals by itself, and says at once when it is cut.

const SILENCE_MS = 12000; // the box speaks every 5 seconds
const RETRY_MS = 2000;
const CHECK_MS = 3000; // in a bus a connection stands after some milliseconds, or not at all

// Calls `changed(id)` whenever anything may be different, without the event's id when all may, and
// `online(true | false)` when the line comes and goes. Where the box has no stream free, `changed()` comes all the same.
// Returns `reopen`, and `check` for when the browser says that its network has changed: it is asked, not believed, because
// a box on the same machine or cable may be heard all the same.
export function openStream({ changed, online }) {
  let source;
  let silence;

  const expectWithin = (ms) => {
    clearTimeout(silence);
    silence = setTimeout(() => {
      online(false);
      reopen();
    }, ms);
  };
  const heard = () => expectWithin(SILENCE_MS);
  const lost = () => {
    online(false);
    if (source.readyState !== EventSource.CLOSED) return;
    clearTimeout(silence);
    silence = setTimeout(() => {
      changed();
      open();
    }, RETRY_MS);
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
    source.addEventListener("ended", reopen);
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
    open();
  }

  function check() {
    reopen();
    expectWithin(CHECK_MS);
  }

  open();
  return { reopen, check };
}
