import {
  CrosshairMode,
  LineStyle,
  type CandlestickData,
  type CandlestickSeriesPartialOptions,
  type ChartOptions,
  type DeepPartial,
  type HistogramData,
  type LineSeriesPartialOptions,
  type UTCTimestamp,
} from "lightweight-charts";
import type { Bar } from "@/shared/market/bar";
import { translucent, type ChartColours } from "./chart-colours";
import type { Emphasis } from "./evidence-parts";
import type { IndicatorLine } from "./indicator-lines";
import type { LinePoint } from "./line-points";

const AXIS_FONT_PX = 12;
const GRID_OPACITY = 0.5;
const BARS_OPACITY: Readonly<Record<Emphasis, number>> = { plain: 0.45, lit: 0.85, dim: 0.15 };
const LINE_OPACITY: Readonly<Record<Emphasis, number>> = { plain: 1, lit: 1, dim: 0.2 };

/** The newest price has a line of its own, and the legend says the values. */
export const NO_MARK_OF_THE_LAST = { lastValueVisible: false, priceLineVisible: false };

export function seconds(openMs: number): UTCTimestamp {
  return (openMs / 1000) as UTCTimestamp;
}

function isUp(bar: Bar): boolean {
  return bar.close >= bar.open;
}

export function barColour(bar: Bar, colours: ChartColours): string {
  return isUp(bar) ? colours.up : colours.down;
}

export function chartStyle(colours: ChartColours, fontFamily: string): DeepPartial<ChartOptions> {
  const grid = { color: translucent(colours.line, GRID_OPACITY) };
  const crosshair = { color: colours.control, labelBackgroundColor: colours.neutral };
  return {
    layout: {
      attributionLogo: true,
      background: { color: colours.surface },
      textColor: colours.muted,
      fontFamily,
      fontSize: AXIS_FONT_PX,
      panes: { separatorColor: colours.line, separatorHoverColor: grid.color },
    },
    grid: { vertLines: grid, horzLines: grid },
    // The library's magnet would pull the price to whatever line is nearest.
    crosshair: { mode: CrosshairMode.Normal, vertLine: crosshair, horzLine: crosshair },
    rightPriceScale: { borderColor: colours.line, entireTextOnly: true },
    timeScale: { borderColor: colours.line },
  };
}

/** Hollow when up, filled when down, so that colour is never alone in saying it. */
export function candleStyle(colours: ChartColours): CandlestickSeriesPartialOptions {
  return {
    upColor: "transparent",
    downColor: colours.down,
    borderUpColor: colours.up,
    borderDownColor: colours.down,
    wickUpColor: colours.up,
    wickDownColor: colours.down,
  };
}

export function candleOf(bar: Bar): CandlestickData<UTCTimestamp> {
  const { openMs, open, high, low, close } = bar;
  return { time: seconds(openMs), open, high, low, close };
}

export function volumeOf(
  bar: Bar,
  colours: ChartColours,
  emphasis: Emphasis,
): HistogramData<UTCTimestamp> {
  const color = translucent(barColour(bar, colours), BARS_OPACITY[emphasis]);
  return { time: seconds(bar.openMs), value: bar.volume, color };
}

export function lineStyle(
  { colour, shape }: IndicatorLine,
  colours: ChartColours,
  emphasis: Emphasis,
): LineSeriesPartialOptions {
  return {
    color: translucent(colours[colour], LINE_OPACITY[emphasis]),
    lineWidth: emphasis === "lit" ? 3 : 1,
    lineStyle: shape === "dashes" ? LineStyle.Dashed : LineStyle.Solid,
  };
}

/**
 * A gap where there is no value: the library would join the values on either side of it by a line
 * of the colour of the first.
 */
export function linePointOf({ openMs, value, isBeforeGap }: LinePoint) {
  const time = seconds(openMs);
  if (value === null) return { time };
  return isBeforeGap ? { time, value, color: "transparent" } : { time, value };
}

/** Above zero and below it, as up and down. */
export function barPointOf(point: LinePoint, colours: ChartColours, emphasis: Emphasis) {
  const colour = (point.value ?? 0) < 0 ? colours.down : colours.up;
  return { ...linePointOf(point), color: translucent(colour, BARS_OPACITY[emphasis]) };
}
