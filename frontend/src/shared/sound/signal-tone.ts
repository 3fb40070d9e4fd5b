/** Hertz, one after the other: up a fifth for BUY, down a fifth for SELL. */
const MELODIES: Readonly<Record<string, readonly [number, number]>> = {
  BUY: [440, 660],
  SELL: [660, 440],
};

const NOTE_SECONDS = 0.12;
const LOUDNESS = 0.08;

/** What a signal's type sounds like; null for those that are silent, as HOLD is. */
export function melodyOf(type: string): readonly [number, number] | null {
  return MELODIES[type] ?? null;
}

let context: AudioContext | undefined;

/** Plays a signal's two notes; a browser that allows no sound before a first click stays silent. */
export function playSignalTone(type: string): void {
  const melody = melodyOf(type);
  if (!melody) return;
  context ??= new AudioContext();
  void context.resume();
  const startSeconds = context.currentTime;
  for (const [place, hertz] of melody.entries()) {
    playNote(context, hertz, startSeconds + place * NOTE_SECONDS);
  }
}

function playNote(audio: AudioContext, hertz: number, atSeconds: number): void {
  const note = new OscillatorNode(audio, { type: "sine", frequency: hertz });
  const volume = new GainNode(audio, { gain: 0 });
  // Rising and fading, because a tone that is cut clicks.
  volume.gain.setValueAtTime(0, atSeconds);
  volume.gain.linearRampToValueAtTime(LOUDNESS, atSeconds + NOTE_SECONDS / 6);
  volume.gain.linearRampToValueAtTime(0, atSeconds + NOTE_SECONDS);
  note.connect(volume).connect(audio.destination);
  note.start(atSeconds);
  note.stop(atSeconds + NOTE_SECONDS);
}
