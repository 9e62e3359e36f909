// Sounds of a page. Between two of them their context rests: else it mixes silence all day, and keeps the sound card
// of the laptop and a thread awake for it.

const sounding = new WeakMap();

export function rest(context) {
  if (!sounding.get(context)) context.suspend();
}

export function play(source, at) {
  const { context } = source;
  sounding.set(context, (sounding.get(context) ?? 0) + 1);
  source.onended = () => {
    sounding.set(context, sounding.get(context) - 1);
    rest(context);
  };
  context.resume();
  source.start(at);
}
