import { numbers } from "@/shared/format/numbers";
import { times } from "@/shared/format/times";
import { barMs, type Timeframe } from "@/shared/market/timeframe";
import { outcomeOf } from "@/shared/signals/outcome";
import type { TradeSignal } from "@/shared/signals/signal";
import { text } from "@/shared/text";

/** The open of a bar: a day's bar is of a day, whatever the zone. */
export function barTime(openMs: number, timeframe: Timeframe): string {
  return timeframe === "1d" ? times.day(openMs) : times.moment(openMs);
}

/** The same with the name of its zone, where it stands alone. */
export function barTimeInZone(openMs: number, timeframe: Timeframe): string {
  const isOfADay = barMs(timeframe) >= barMs("1d");
  return isOfADay ? times.day(openMs) : momentInZone(openMs);
}

export function momentInZone(ms: number): string {
  return `${times.moment(ms)} ${times.zone(ms)}`;
}

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
