// The chime of the loudspeaker. A browser lets a page sound only after an input, unless it is told
// otherwise.

import { play, rest } from "./sound.js";

const LOUDNESS = 0.5;
const BETWEEN_S = 0.4;

export class Chime {
  constructor(button) {
    this.context = new AudioContext();
    this.button = button;
    this.sound = this.load();
    this.allowed = false;
    this.freeAt = 0; // calls of the same moment ring one after the other
    this.context.onstatechange = () => this.change();
    button.addEventListener("click", () => this.allow());
    this.change();
  }

  // Null when the line is cut meanwhile: the next call asks for it again.
  async load() {
    try {
      const answer = await fetch("/display/chime.wav");
      return await this.context.decodeAudioData(await answer.arrayBuffer());
    } catch {
      return null;
    }
  }

  allow() {
    this.allowed = true;
    this.change();
    this.ring();
  }

  // What runs once is allowed.
  change() {
    this.allowed ||= this.context.state === "running";
    this.button.hidden = this.allowed;
    if (this.allowed) rest(this.context);
  }

  async ring() {
    if (!this.allowed) return;
    const buffer = (await this.sound) ?? (await (this.sound = this.load()));
    if (buffer === null) return;
    const chime = new AudioBufferSourceNode(this.context, { buffer });
    chime.connect(new GainNode(this.context, { gain: LOUDNESS })).connect(this.context.destination);
    const at = Math.max(this.context.currentTime, this.freeAt);
    this.freeAt = at + buffer.duration + BETWEEN_S;
    play(chime, at);
  }
}
