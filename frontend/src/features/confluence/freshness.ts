import { barMs, type Timeframe } from "@/shared/market/timeframe";

/** How long after its close a bar is decided, at the latest, when nothing is wrong. Wall time. */
export const DECIDED_WITHIN_MS = 4_000;

/** Open of the newest bar that has closed by the market's clock. */
export function newestClosedMs(nowMs: number, timeframe: Timeframe): number {
  const length = barMs(timeframe);
  return (Math.floor(nowMs / length) - 1) * length;
}

/** Whether a bar has closed that is neither known nor asked for: each bar is asked for once. */
export function isDue(
  closedMs: number,
  knownMs: number | undefined,
  askedMs: number | undefined,
): boolean {
  return (knownMs ?? -Infinity) < closedMs && (askedMs ?? -Infinity) < closedMs;
}
