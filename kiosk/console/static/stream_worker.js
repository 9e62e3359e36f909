// The one stream of this browser, for all its pages: a browser has six connections to the box, and each stream takes one.

import { openStream } from "./event_stream.js";

const BEAT_MS = 2000; // so that pages notice when this worker is no more

const pages = new Set();
let there = null;

const tell = (news) => pages.forEach((page) => page.postMessage(news));

const { reopen, check } = openStream({
  changed: (id) => tell({ id: id ?? null }),
  online(now) {
    there = now;
    tell({ there });
  },
});

const orders = {
  hello(page) {
    pages.add(page);
    if (there === null) return;
    page.postMessage({ there });
    page.postMessage({ id: null });
  },
  // After a login a new stream tells more.
  staff(page) {
    orders.hello(page);
    reopen();
  },
  bye: (page) => pages.delete(page),
  check,
};

globalThis.onconnect = ({ ports: [page] }) => {
  page.onmessage = ({ data }) => orders[data](page);
};

setInterval(() => tell({}), BEAT_MS);
