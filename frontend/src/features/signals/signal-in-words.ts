import { numbers } from "@/shared/format/numbers";
import { barTimeInZone } from "@/shared/market/bar-time";
import { outcomeOf } from "@/shared/signals/outcome";
import type { TradeSignal } from "@/shared/signals/signal";
import { text } from "@/shared/text";

export interface SignalInWords {
  readonly side: string;
  readonly at: string;
  readonly score: string;
  /** Its status, and how it ended or that it continues another. */
  readonly state: string;
}

export function signalInWords(signal: TradeSignal): SignalInWords {
  return {
    side: text.signal.side(signal.type),
    at: barTimeInZone(signal.openMs, signal.timeframe),
    score: numbers.points(signal.score),
    state: stateOf(signal),
  };
}

function stateOf(signal: TradeSignal): string {
  const status = text.signal.status(signal.status);
  const outcome = outcomeOf(signal);
  if (outcome) return text.signals.ended(status, outcome.reason);
  return signal.raw.continues === null ? status : text.signals.continuing(status);
}
