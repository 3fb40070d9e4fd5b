import { numbers } from "@/shared/format/numbers";
import type { Bar } from "@/shared/market/bar";
import { barTime, barZone } from "@/shared/market/bar-time";
import type { Timeframe } from "@/shared/market/timeframe";
import { text } from "@/shared/text";
import type { BarInWords } from "@/shared/text/chart";

/** In percent of the close before; null for the first bar that is known. */
export function changePercent(bar: Bar, before: Bar | undefined): number | null {
  return before ? (bar.close / before.close - 1) * 100 : null;
}

export function barInWords(bar: Bar, before: Bar | undefined): BarInWords {
  const change = changePercent(bar, before);
  return {
    open: numbers.price(bar.open),
    high: numbers.price(bar.high),
    low: numbers.price(bar.low),
    close: numbers.price(bar.close),
    change: change === null ? text.none : numbers.percent(change),
    volume: numbers.compact(bar.volume),
  };
}

/** The sentence that a screen reader says of a bar. */
export function spokenBar(bar: Bar, before: Bar | undefined, timeframe: Timeframe): string {
  const at = barTime(bar.openMs, timeframe);
  return text.chart.bar(at, barZone(bar.openMs, timeframe), barInWords(bar, before));
}
