import type { PriceTick } from "@/shared/api/contract";
import type { Bar } from "@/shared/market/bar";
import { barMs, type Timeframe } from "@/shared/market/timeframe";

/** The open bar as of a price that fell into it; prices of other bars change nothing. */
export function atPrice(open: Bar, tick: PriceTick, timeframe: Timeframe): Bar {
  const { price, timestamp } = tick;
  const isInside = timestamp >= open.openMs && timestamp < open.openMs + barMs(timeframe);
  if (!isInside) return open;
  return {
    ...open,
    high: Math.max(open.high, price),
    low: Math.min(open.low, price),
    close: price,
  };
}
