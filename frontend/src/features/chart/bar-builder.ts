import type { Bar } from "@/shared/market/bar";

/** 2024-08-05 00:00 UTC, on every timeframe's grid. */
export const START_MS = Date.UTC(2024, 7, 5);

const MINUTE_MS = 60_000;

/** For tests: the one-minute bar that opens `minute` minutes after the start. */
export function minuteBar(minute: number, close = 100 + minute): Bar {
  return {
    openMs: START_MS + minute * MINUTE_MS,
    open: close - 1,
    high: close + 2,
    low: close - 2,
    close,
    volume: 10,
  };
}

/** For tests: the bars of minutes `from` (inclusive) to `until` (exclusive). */
export function minuteBars(from: number, until: number): Bar[] {
  return Array.from({ length: until - from }, (_, index) => minuteBar(from + index));
}
