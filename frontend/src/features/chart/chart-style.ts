import type {
  CandlestickData,
  CandlestickSeriesPartialOptions,
  ChartOptions,
  DeepPartial,
  HistogramData,
  UTCTimestamp,
} from "lightweight-charts";
import type { Bar } from "@/shared/market/bar";
import { translucent, type ChartColours } from "./chart-colours";

const AXIS_FONT_PX = 12;
const GRID_OPACITY = 0.5;
const VOLUME_OPACITY = 0.45;

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
    },
    grid: { vertLines: grid, horzLines: grid },
    crosshair: { vertLine: crosshair, horzLine: crosshair },
    rightPriceScale: { borderColor: colours.line },
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

export function volumeOf(bar: Bar, colours: ChartColours): HistogramData<UTCTimestamp> {
  const color = translucent(barColour(bar, colours), VOLUME_OPACITY);
  return { time: seconds(bar.openMs), value: bar.volume, color };
}
