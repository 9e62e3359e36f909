// What staff notice without looking at the page: how many wait, in the title of the tab, and a soft sound when the first
// person comes for this desk and when a colleague calls for help.

import { play } from "./sound.js";

const TONES_HZ = [523, 659];
const TONE_S = 0.18;
const LOUDNESS = 0.08;

const title = document.title;
let sound;
let before = now();

function now() {
  const queue = document.querySelector("[data-part=queue]")?.dataset ?? {};
  const help = document.querySelector("[data-part=help]")?.dataset ?? {};
  return {
    waiting: Number(queue.waiting ?? 0),
    mine: Number(queue.mine ?? 0),
    asking: (help.asking ?? "").split(" ").filter(Boolean),
  };
}

function ring() {
  sound ??= new AudioContext(); // silent before the first input on the page
  const gain = new GainNode(sound, { gain: LOUDNESS });
  gain.connect(sound.destination);
  TONES_HZ.forEach((frequency, place) => {
    const tone = new OscillatorNode(sound, { frequency });
    tone.connect(gain);
    play(tone, sound.currentTime + place * TONE_S);
    tone.stop(sound.currentTime + (place + 1) * TONE_S);
  });
}

function notice() {
  const { waiting, mine, asking } = now();
  document.title = waiting ? `(${waiting}) ${title}` : title;
  if ((mine && !before.mine) || asking.some((desk) => !before.asking.includes(desk))) ring();
  before = { waiting, mine, asking };
}

export function watchQueue() {
  notice();
  document.addEventListener("swapped", notice);
}
