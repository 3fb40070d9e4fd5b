import { sideOf, type Levels, type TradeSignal } from "@/shared/signals/signal";

export interface RiskRow {
  /** Numbered from 1. */
  readonly level: "entry" | "stop" | { readonly target: number };
  readonly price: number;
  /** Of the price from the entry, signed as the price moves. */
  readonly percent: number;
  /** What leaving there brings, after both fees, in units of the way from entry to stop. */
  readonly netR: number | null;
}

/**
 * (s·(exit − entry) − fee·(entry + exit)) / (s·(entry − stop)), s = +1 for BUY and −1 for SELL:
 * the net R of the platform's outcomes. Null where there is no risk to measure in.
 */
export function netR(
  side: 1 | -1,
  { entry, stop }: Pick<Levels, "entry" | "stop">,
  exit: number,
  feePercent: number,
): number | null {
  const risk = side * (entry - stop);
  if (!(risk > 0)) return null;
  return (side * (exit - entry) - (feePercent / 100) * (entry + exit)) / risk;
}

/** Entry, stop and targets in the order in which they are read; none for a HOLD. */
export function riskRows(signal: TradeSignal): readonly RiskRow[] {
  const { levels, raw } = signal;
  const side = sideOf(signal);
  if (!levels || side === 0) return [];
  const { entry, stop, targets } = levels;
  const rowAt = (level: RiskRow["level"], price: number): RiskRow => ({
    level,
    price,
    percent: (100 * (price - entry)) / entry,
    netR: level === "entry" ? null : netR(side, levels, price, raw.feePercentPerSide),
  });
  return [
    rowAt("entry", entry),
    rowAt("stop", stop),
    ...targets.map((price, index) => rowAt({ target: index + 1 }, price)),
  ];
}
