// The line to the box: one stream of events that heals by itself, and says at once when it is cut.

const SILENCE_MS = 12000; // the box speaks every 5 seconds
const RETRY_MS = 1000;

// Calls `called({number, desk, again})` for a call, `changed()` whenever anything may be different, and
// `online(true | false)` when the line comes and goes.
export function listen({ called = () => {}, changed, online }) {
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
    source.addEventListener("changed", () => {
      heard();
      changed();
    });
    source.addEventListener("called", (event) => {
      heard();
      called(JSON.parse(event.data));
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
