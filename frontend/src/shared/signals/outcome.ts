import { numberOf, textOf, type TradeSignal } from "./signal";

/** What became of a BUY or SELL; a part that was not told is null. */
export interface Outcome {
  /** take_profit_1, stop or horizon; a newer server's stays as it came. */
  readonly reason: string;
  /** Net of fees, in units of the way from entry to stop. */
  readonly netR: number | null;
  /** Net of fees, of the entry. */
  readonly percent: number | null;
  readonly exitPrice: number | null;
  /** Event time. */
  readonly exitMs: number | null;
  /** In bars of the signal's timeframe. */
  readonly barsHeld: number | null;
  /** 0…3: the furthest take-profit that was reached in the end. */
  readonly furthestTarget: number;
  /** Whether stop and target lay in one bar, so that the stop was counted. */
  readonly isAmbiguous: boolean;
}

/** Null while a signal runs, and for one that never had an outcome of its own. */
export function outcomeOf({ raw }: Pick<TradeSignal, "raw">): Outcome | null {
  const told = raw.outcome;
  const reason = textOf(told?.["exitReason"]);
  if (!told || reason === null) return null;
  return {
    reason,
    netR: numberOf(told["netR"]),
    percent: numberOf(told["profitLossPercent"]),
    exitPrice: numberOf(told["exitPrice"]),
    exitMs: numberOf(told["exitMs"]),
    barsHeld: numberOf(told["barsHeld"]),
    furthestTarget: numberOf(told["furthestTarget"]) ?? 0,
    isAmbiguous: told["ambiguous"] === true,
  };
}
