// The line to the box: the stream that all pages of this browser share, and answers in their order.

import { openStream } from "./event_stream.js";

const WORKER_SILENCE_MS = 7000; // the worker speaks every 2 seconds

// Whether the box is heard now.
export const line = { stands: false };

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

// Calls `changed(id)` and `online(true | false)` as `openStream` does. Pages of staff say `hello: "staff"`.
export function listen({ changed, online, hello = "hello" }) {
  const handlers = {
    changed,
    online(there) {
      line.stands = there;
      online(there);
    },
  };
  if (globalThis.SharedWorker) share(handlers, hello);
  else whenNetworkChanges(openStream(handlers).check);
}

function whenNetworkChanges(check) {
  addEventListener("offline", check);
  addEventListener("online", check);
}

// A page that crashes may take the shared worker with it without an event: pages whose worker is silent connect anew.
function share(handlers, hello) {
  let port;
  let silence;

  function connect() {
    const worker = new SharedWorker(new URL("stream_worker.js", import.meta.url), { type: "module" });
    port?.postMessage("bye");
    port = worker.port;
    port.onmessage = receive;
    worker.onerror = listenAlone;
    port.postMessage(hello);
    expectWorker();
  }

  function expectWorker() {
    clearTimeout(silence);
    silence = setTimeout(connect, WORKER_SILENCE_MS);
  }

  function receive({ data }) {
    expectWorker();
    if (data.there !== undefined) handlers.online(data.there);
    else if (data.id === null) handlers.changed();
    else if (data.id !== undefined) handlers.changed(data.id);
  }

  // Its script did not come.
  function listenAlone() {
    clearTimeout(silence);
    whenNetworkChanges(openStream(handlers).check);
  }

  connect();
  whenNetworkChanges(() => port.postMessage("check"));
  addEventListener("pagehide", () => port.postMessage("bye"));
  addEventListener("pageshow", ({ persisted }) => persisted && connect());
}
