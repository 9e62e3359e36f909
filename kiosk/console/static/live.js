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
  let cut = false; // what the worker has sent before may arrive after
  const told = {
    changed,
    online(there) {
      line.stands = there && !cut;
      online(line.stands);
    },
  };
  addEventListener("offline", () => {
    cut = true;
    told.online(false);
  });
  addEventListener("online", () => {
    cut = false;
  });
  if (globalThis.SharedWorker) share(told, hello);
  else addEventListener("online", openStream(told));
}

function share(told, hello) {
  const worker = new SharedWorker("/static/stream_worker.js", { type: "module" });
  worker.port.onmessage = ({ data }) => {
    if (data.there !== undefined) told.online(data.there);
    else if (data.id === null) told.changed();
    else told.changed(data.id);
  };
  worker.onerror = () => openStream(told); // its script did not come
  worker.port.postMessage(hello);
  addEventListener("online", () => worker.port.postMessage("reopen"));
  addEventListener("pagehide", () => worker.port.postMessage("bye"));
  addEventListener("pageshow", ({ persisted }) => persisted && worker.port.postMessage(hello));
}
