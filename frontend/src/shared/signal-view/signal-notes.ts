import { sideOf, type TradeSignal } from "@/shared/signals/signal";
import { silenceOf } from "@/shared/signals/silence";
import { text } from "@/shared/text";

/** A reservation about a signal. */
export interface Note {
  /** Null where the head of the signal wears it already. */
  readonly label: string | null;
  readonly sentence: string;
}

/** What the reader has to know before believing it, the weightiest first. */
export function signalNotes(signal: TradeSignal): readonly Note[] {
  const words = text.signalView.notes;
  const { raw } = signal;
  const silence = silenceOf(signal);
  const isSide = sideOf(signal) !== 0;
  const sources = raw.degraded.filter((source) => source !== "prediction");
  return [
    isSide && !raw.calibrated && { label: null, sentence: words.uncalibrated.sentence },
    silence !== null && noteOf(words.rulesOnly.label(silence), words.rulesOnly.sentence(silence)),
    isModelDegraded(signal) && words.modelDegraded,
    sources.length > 0 && noteOf(words.sources.label, words.sources.sentence(sources)),
    originNote(signal.origin),
    raw.continues !== null && words.continues,
  ].filter((note) => note !== false && note !== null);
}

function noteOf(label: string, sentence: string): Note {
  return { label, sentence };
}

function originNote(origin: string): Note | null {
  const { late, historical, preview } = text.signalView.notes;
  const notes: Readonly<Record<string, Note>> = { late, historical, preview };
  return notes[origin] ?? null;
}

function isModelDegraded({ raw }: TradeSignal): boolean {
  return raw.reasoning.mlPrediction?.["degraded"] === true;
}
