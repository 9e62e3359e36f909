// Keeps a ticket's page up to date. What the box sent is true already; this only changes it. A plain script in plain
// words of 2015, because the phone of a citizen may be old.

(() => {
  const SILENCE_MS = 12000; // the box speaks every 5 seconds
  const ASK_AGAIN_MS = 10000; // where the box has no line free, the page asks
  const PATIENCE_MS = 10000;
  const CALLED = [400, 200, 400, 200, 400];
  const SOON = [400];
  const TONES_HZ = [660, 880];
  const TONE_S = 0.25;
  const PAGE = document.body.dataset.page;

  const element = (id) => document.getElementById(id);
  let source;
  let timer;
  const calls = [document.body.dataset.call]; // the calls known here; a recall is a new one
  let over = false;
  let sound = null; // until the person switches it on: a browser makes no sound before a touch

  function draw(seen) {
    const soon = seen.soon && !element("soon").textContent;
    document.body.dataset.state = seen.state;
    document.title = `${seen.number} · ${seen.soon || seen.headline}`;
    for (const name of ["number", "soon", "headline", "wait", "hint"]) {
      // Only what is different: a screen reader would say the rest again.
      if (element(name).textContent !== seen[name]) element(name).textContent = seen[name];
    }
    if (seen.call && calls.indexOf(seen.call) < 0) {
      calls.push(seen.call);
      ring();
    } else if (soon && sound) {
      vibrate(SOON);
      beep();
    }
  }

  function vibrate(pattern) {
    if (navigator.vibrate) navigator.vibrate(pattern);
  }

  function beep() {
    TONES_HZ.forEach((tone, place) => {
      const oscillator = sound.createOscillator();
      oscillator.frequency.value = tone;
      oscillator.connect(sound.destination);
      oscillator.start(sound.currentTime + place * TONE_S);
      oscillator.stop(sound.currentTime + (place + 1) * TONE_S);
    });
  }

  function offerAlert() {
    const Sound = window.AudioContext || window.webkitAudioContext;
    const button = element("alert");
    if (!Sound) return;
    button.hidden = false;
    button.onclick = () => {
      if (sound) sound.close();
      sound = sound ? null : new Sound();
      button.setAttribute("aria-pressed", String(Boolean(sound)));
      if (!sound) return;
      vibrate(SOON); // so that it is known what comes
      beep();
    };
  }

  function ring() {
    const ticket = element("ticket");
    ticket.classList.remove("arriving");
    void ticket.offsetWidth; // so that the same call, called again, arrives again
    ticket.classList.add("arriving");
    vibrate(CALLED);
    if (sound) beep();
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
    element("alert").hidden = true;
    element("after").hidden = true;
    if (element("holder")) element("holder").hidden = true; // there for whoever drew it on this phone
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
    request.open("GET", `${PAGE}/state`);
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
    source = new EventSource(`${PAGE}/events`);
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
  offerAlert();
  listen();
})();
