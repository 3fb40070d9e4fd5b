import { barMs, type Timeframe } from "@/shared/market/timeframe";
import type { ViewRange } from "@/shared/view/view";

/** More bars than this are a blur, fewer no picture. */
const MOST_BARS = 5_000;
const FEWEST_BARS = 20;
/** Further back than this no chart is read by scrolling, and none by an address. */
const FURTHEST_BARS = 25_000;

/** The range with a number of bars that can be drawn; its end stays. */
export function fittedRange({ fromMs, toMs }: ViewRange, timeframe: Timeframe): ViewRange {
  const lengthMs = barMs(timeframe);
  const bars = Math.min(Math.max((toMs - fromMs) / lengthMs, FEWEST_BARS), MOST_BARS);
  return { fromMs: Math.round(toMs - bars * lengthMs), toMs };
}

/** Whether the range ends so long before the newest bar that its bars are not read. */
export function isOutOfReach({ toMs }: ViewRange, timeframe: Timeframe, newestMs: number): boolean {
  return newestMs - toMs > FURTHEST_BARS * barMs(timeframe);
}
