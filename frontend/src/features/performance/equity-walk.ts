import type { Breakdown } from "@/shared/api/performance-api";

export type Equity = Breakdown["equity"];

/** Random entries and buying once, at one exit; null where the server has none. */
export interface EquityPoint {
  readonly exitMs: number;
  readonly side: string;
  readonly netR: number;
  readonly sum: number;
  readonly random: { readonly low: number; readonly mean: number; readonly high: number } | null;
  readonly heldPercent: number | null;
}

/** All that is known at the exit of this place; undefined beyond the last. */
export function pointAt(equity: Equity, index: number): EquityPoint | undefined {
  const { exitMs, side, netR, cumulativeNetR, baselines } = equity;
  const [at, own, sum] = [exitMs[index], netR[index], cumulativeNetR[index]];
  if (at === undefined || own === undefined || sum === undefined) return undefined;
  const paths = baselines?.randomEntries;
  const [low, mean, high] = [paths?.percentile5, paths?.mean, paths?.percentile95].map(
    (path) => path?.[index],
  );
  const isRandomKnown = low !== undefined && mean !== undefined && high !== undefined;
  return {
    exitMs: at,
    side: side[index] ?? "",
    netR: own,
    sum,
    random: isRandomKnown ? { low, mean, high } : null,
    heldPercent: baselines?.buyAndHoldPercent?.[index] ?? null,
  };
}

/** The place of the last exit at or before this time; the first where none is. */
export function indexAt(exitMs: readonly number[], atMs: number): number {
  let [low, high] = [0, exitMs.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((exitMs[middle] ?? Infinity) <= atMs) low = middle;
    else high = middle - 1;
  }
  return low;
}
