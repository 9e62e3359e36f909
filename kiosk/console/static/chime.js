// The chime of the loudspeaker. A browser lets a page sound only after an input, unless it is told
// otherwise.

const LOUDNESS = 0.5;
const BETWEEN_S = 0.4;

export class Chime {
  constructor(button) {
    this.context = new AudioContext();
    this.button = button;
    this.sound = this.load();
    this.freeAt = 0; // calls of the same moment ring one after the other
    this.context.onstatechange = () => this.tell();
    button.addEventListener("click", () => this.context.resume().then(() => this.ring()));
    this.tell();
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

  tell() {
    this.button.hidden = this.context.state === "running";
  }

  async ring() {
    if (this.context.state !== "running") return;
    const buffer = (await this.sound) ?? (await (this.sound = this.load()));
    if (buffer === null) return;
    const chime = new AudioBufferSourceNode(this.context, { buffer });
    chime.connect(new GainNode(this.context, { gain: LOUDNESS })).connect(this.context.destination);
    const at = Math.max(this.context.currentTime, this.freeAt);
    this.freeAt = at + buffer.duration + BETWEEN_S;
    chime.start(at);
  }
}
