import type { Bar } from "@/shared/market/bar";
import { barMs, type Timeframe } from "@/shared/market/timeframe";
import { indexAt } from "./bar-series";

/**
 * Between event time and places in a row of bars: a whole place is where a bar opens, and beyond
 * the row time goes on at the timeframe's pace. Across a hole in the row, time runs faster.
 */

/** The event time at a place, which may be a fraction or beyond the bars; null without bars. */
export function timeAt(bars: readonly Bar[], timeframe: Timeframe, place: number): number | null {
  const last = bars.length - 1;
  const index = Math.min(Math.max(Math.floor(place), 0), last);
  const bar = bars[index];
  if (!bar) return null;
  const next = place > 0 ? bars[index + 1] : undefined;
  const stepMs = next ? next.openMs - bar.openMs : barMs(timeframe);
  return Math.round(bar.openMs + (place - index) * stepMs);
}

/** The place of an event time; null without bars. */
export function placeOf(bars: readonly Bar[], timeframe: Timeframe, ms: number): number | null {
  if (bars.length === 0) return null;
  const after = indexAt(bars, ms);
  if (bars[after]?.openMs === ms) return after;
  const index = Math.min(Math.max(after - 1, 0), bars.length - 1);
  const openMs = bars[index]?.openMs ?? 0;
  const next = after > 0 ? bars[index + 1] : undefined;
  const stepMs = next ? next.openMs - openMs : barMs(timeframe);
  return index + (ms - openMs) / stepMs;
}
