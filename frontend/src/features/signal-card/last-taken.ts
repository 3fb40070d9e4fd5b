import { barMs } from "@/shared/market/timeframe";
import { sideOf, type TradeSignal } from "@/shared/signals/signal";

/** The newest BUY or SELL at or before a decision; undefined where none is among those known. */
export function lastTaken(
  decision: TradeSignal,
  known: readonly TradeSignal[],
): TradeSignal | undefined {
  const earlier = known.filter((one) => sideOf(one) !== 0 && one.openMs <= decision.openMs);
  return earlier.toSorted((a, b) => b.openMs - a.openMs)[0];
}

/** How many bars apart two decisions of one timeframe are. */
export function barsBetween(older: TradeSignal, newer: TradeSignal): number {
  return Math.round((newer.openMs - older.openMs) / barMs(newer.timeframe));
}
