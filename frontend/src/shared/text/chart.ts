import type { Timeframe } from "@/shared/market/timeframe";
import { TIMEFRAME_NAMES } from "./timeframe";

/** The figures of a bar, formatted. */
export interface BarInWords {
  readonly open: string;
  readonly high: string;
  readonly low: string;
  readonly close: string;
  /** Against the bar before. */
  readonly change: string;
  readonly volume: string;
}

export const chart = {
  region: "Chart",
  label: (symbol: string, timeframe: Timeframe) =>
    `Candlestick chart of ${symbol}, ${TIMEFRAME_NAMES[timeframe]} a bar. ` +
    "Arrow keys walk the bars, Escape returns to the newest.",
  loading: "Loading candles…",
  loadingOlder: "Loading older candles…",
  olderFailed: "Older candles could not be loaded.",
  empty: "No candles yet",
  emptyDetail: "The history of this timeframe is being collected. It appears by itself.",
  failed: "The candles could not be loaded",
  showInstead: (symbol: string) => `Show ${symbol}`,
  legend: { open: "O", high: "H", low: "L", close: "C", volume: "Vol" },
  bar: (at: string, zone: string, { open, high, low, close, change }: BarInWords) =>
    `${at} ${zone}: open ${open}, high ${high}, low ${low}, close ${close}, change ${change}.`,
} as const;

export const table = {
  show: "Show as a table",
  caption: (symbol: string, timeframe: Timeframe, zone: string) =>
    `${symbol}, ${TIMEFRAME_NAMES[timeframe]} a bar, newest first, ${zone}`,
  columns: {
    time: "Open time",
    open: "Open",
    high: "High",
    low: "Low",
    close: "Close",
    change: "Change",
    volume: "Volume",
  },
  openBar: "still open",
  more: "Show older bars",
} as const;
