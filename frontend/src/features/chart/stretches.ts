import type { Bar } from "@/shared/market/bar";
import { barMs, type Timeframe } from "@/shared/market/timeframe";

/** Bars whose figures are read, cached and refreshed together; all begin on the same grid. */
export interface Stretch {
  readonly sinceMs: number;
  readonly untilMs: number;
}

/** What was read of a stretch. */
export interface StretchRead extends Stretch {
  /** Every bar that opened before it has been read. */
  readonly readUntilMs: number;
  /** The first bar that could not be told for want of candles; null if there is none. */
  readonly missingFromMs: number | null;
}

const BARS_A_STRETCH = 500;

/** The stretches that cover the bars, ascending. */
export function stretchesOf(timeframe: Timeframe, bars: readonly Bar[]): readonly Stretch[] {
  const [first, last] = [bars[0], bars.at(-1)];
  if (!first || !last) return [];
  const lengthMs = BARS_A_STRETCH * barMs(timeframe);
  const from = Math.floor(first.openMs / lengthMs);
  const count = Math.floor(last.openMs / lengthMs) - from + 1;
  return Array.from({ length: count }, (_, index) => ({
    sinceMs: (from + index) * lengthMs,
    untilMs: (from + index + 1) * lengthMs,
  }));
}

/** Whether bars of the stretch have closed that have not been read. */
export function isBehind(read: StretchRead, closedUntilMs: number): boolean {
  return read.readUntilMs < Math.min(read.untilMs, closedUntilMs);
}

/** Where reading has to go on: at what was missing, or behind what was read. */
export function resumesAtMs(stretch: Stretch, known: StretchRead | undefined): number {
  return known ? (known.missingFromMs ?? known.readUntilMs) : stretch.sinceMs;
}
