import { sideOf, type TradeSignal } from "@/shared/signals/signal";

/** One row further down the list, to an older signal, or one up, to a newer one. */
export type Step = "down" | "up";

/** The BUY or SELL next to the given signal in a list that is newest first; null at its end. */
export function nextTrade(
  signals: readonly TradeSignal[],
  from: TradeSignal | null,
  step: Step,
): TradeSignal | null {
  const trades = signals.filter((signal) => sideOf(signal) !== 0);
  if (from === null) return trades[0] ?? null;
  if (step === "down") return trades.find(({ openMs }) => openMs < from.openMs) ?? null;
  return trades.findLast(({ openMs }) => openMs > from.openMs) ?? null;
}

export interface Quiet {
  /** HOLDs since the last BUY or SELL. */
  readonly count: number;
  /** Whether all that was read are HOLDs, so that there may be more. */
  readonly isAtLeast: boolean;
}

/** How long nothing has been said: the HOLDs before the first BUY or SELL, newest first. */
export function quietSince(decisions: readonly TradeSignal[], hasMore: boolean): Quiet {
  const first = decisions.findIndex((signal) => sideOf(signal) !== 0);
  const isAllQuiet = first === -1;
  return { count: isAllQuiet ? decisions.length : first, isAtLeast: isAllQuiet && hasMore };
}
