// Keeps a ticket's page up to date. What the box sent is true already; this only changes it. A plain script in plain
// words of 2015, because the phone of a citizen may be old.

(() => {
  const SILENCE_MS = 12000; // the box speaks every 5 seconds
  const ASK_AGAIN_MS = 10000; // where the box has no line free, the page asks
  const PATIENCE_MS = 10000;
  const CALLED = [400, 200, 400, 200, 400];

  const element = (id) => document.getElementById(id);
  let source;
  let timer;
  const calls = [document.body.dataset.call]; // the calls known here; a recall is a new one
  let over = false;

  function draw(seen) {
    document.body.dataset.state = seen.state;
    document.title = `${seen.number} · ${seen.headline}`;
    for (const name of ["number", "headline", "wait", "hint"]) {
      // Only what is different: a screen reader would say the rest again.
      if (element(name).textContent !== seen[name]) element(name).textContent = seen[name];
    }
    if (seen.call && calls.indexOf(seen.call) < 0) {
      calls.push(seen.call);
      ring();
    }
  }

  function ring() {
    const ticket = element("ticket");
    ticket.classList.remove("arriving");
    void ticket.offsetWidth; // so that the same call, called again, arrives again
    ticket.classList.add("arriving");
    if (navigator.vibrate) navigator.vibrate(CALLED);
    scrollTo(0, 0);
  }

  function gone() {
    over = true;
    hangUp();
    online(true);
    const said = element("gone").firstElementChild;
    document.title = said.firstElementChild.textContent;
    delete document.body.dataset.state;
    element("ticket").hidden = true;
    element("keep").hidden = true;
    if (element("bring")) element("bring").hidden = true; // not every topic group has one
    said.hidden = false;
  }

  function online(there) {
    element("lost").hidden = there;
  }

  function hangUp() {
    clearTimeout(timer);
    if (source) source.close();
    source = null;
  }

  function heard() {
    online(true);
    clearTimeout(timer);
    timer = setTimeout(() => {
      online(false);
      listen();
    }, SILENCE_MS);
  }

  // Asks once, and tries to listen again a little later.
  function ask() {
    hangUp();
    timer = setTimeout(listen, ASK_AGAIN_MS);
    const request = new XMLHttpRequest();
    request.open("GET", `${location.pathname}/state`);
    request.timeout = PATIENCE_MS;
    request.onload = () => {
      online(true);
      if (request.status === 404) gone();
      else if (request.status === 200) draw(JSON.parse(request.responseText));
    };
    request.onerror = request.ontimeout = () => online(false);
    request.send();
  }

  function listen() {
    if (over) return;
    hangUp();
    if (!window.EventSource) {
      ask();
      return;
    }
    source = new EventSource(`${location.pathname}/events`);
    source.onopen = heard;
    source.onerror = () => {
      if (source.readyState === EventSource.CLOSED) ask();
      else online(false);
    };
    source.addEventListener("alive", heard);
    source.addEventListener("gone", gone);
    source.addEventListener("state", (event) => {
      heard();
      draw(JSON.parse(event.data));
    });
    timer = setTimeout(ask, SILENCE_MS);
  }

  addEventListener("online", listen);
  addEventListener("offline", listen); // what the stream says counts
  addEventListener("pageshow", (event) => event.persisted && listen());
  document.addEventListener("visibilitychange", () => document.hidden || listen()); // it slept in a pocket
  listen();
})();
