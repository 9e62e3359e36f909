// Two soft tones. A browser lets a page sound only after somebody has touched it, unless it is told otherwise.

const TONES = [
  { hertz: 659.3, at: 0 },
  { hertz: 523.3, at: 0.45 },
];
const FADE_S = 1.2;
const LOUDNESS = 0.5;

export class Chime {
  constructor(button) {
    this.context = new AudioContext();
    this.button = button;
    this.context.onstatechange = () => this.tell();
    button.addEventListener("click", () => this.context.resume().then(() => this.ring()));
    this.tell();
  }

  tell() {
    this.button.hidden = this.context.state === "running";
  }

  ring() {
    if (this.context.state !== "running") return;
    for (const { hertz, at } of TONES) this.tone(hertz, this.context.currentTime + at);
  }

  tone(hertz, start) {
    const tone = new OscillatorNode(this.context, { frequency: hertz });
    const volume = new GainNode(this.context, { gain: LOUDNESS });
    volume.gain.setValueAtTime(LOUDNESS, start);
    volume.gain.exponentialRampToValueAtTime(0.001, start + FADE_S);
    tone.connect(volume).connect(this.context.destination);
    tone.start(start);
    tone.stop(start + FADE_S);
  }
}
