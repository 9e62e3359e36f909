// One stream of events that heals by itself, and says at once when it is cut.

const SILENCE_MS = 12000; // the box speaks every 5 seconds
const RETRY_MS = 2000;

// Calls `changed(id)` whenever anything may be different, without the event's id when all may, and
// `online(true | false)` when the line comes and goes. Where the box has no stream free, `changed()` comes all the same.
export function openStream({ changed, online }) {
  let source;
  let silence;

  const heard = () => {
    clearTimeout(silence);
    silence = setTimeout(() => {
      online(false);
      reopen();
    }, SILENCE_MS);
  };
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

  open();
  return reopen;
}
