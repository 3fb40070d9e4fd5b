import { momentInZone, times } from "@/shared/format/times";
import type { Timeframe } from "./timeframe";

/** The open of a bar: a day's bar is of the market's own day, whatever the reader's zone. */
export function barTime(openMs: number, timeframe: Timeframe): string {
  return timeframe === "1d" ? times.day(openMs) : times.moment(openMs);
}

/** The zone that `barTime` tells. */
export function barZone(openMs: number, timeframe: Timeframe): string {
  return timeframe === "1d" ? "UTC" : times.zone(openMs);
}

/** Both, where it stands alone. */
export function barTimeInZone(openMs: number, timeframe: Timeframe): string {
  return timeframe === "1d" ? `${times.day(openMs)} UTC` : momentInZone(openMs);
}
