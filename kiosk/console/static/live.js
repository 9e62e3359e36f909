// The line to the box: the stream that all pages of this browser share, and answers in their order.

import { openStream } from "./event_stream.js";

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

function share(handlers, hello) {
  const worker = new SharedWorker(new URL("stream_worker.js", import.meta.url), { type: "module" });
  worker.port.onmessage = ({ data }) => {
    if (data.there !== undefined) handlers.online(data.there);
    else if (data.id === null) handlers.changed();
    else handlers.changed(data.id);
  };
  worker.onerror = () => whenNetworkChanges(openStream(handlers).check); // its script did not come
  worker.port.postMessage(hello);
  whenNetworkChanges(() => worker.port.postMessage("check"));
  addEventListener("pagehide", () => worker.port.postMessage("bye"));
  addEventListener("pageshow", ({ persisted }) => persisted && worker.port.postMessage(hello));
}
