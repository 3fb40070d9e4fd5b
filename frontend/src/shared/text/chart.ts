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

/** "three_black_crows" → "Three black crows"; also what a newer server may find. */
function patternName(type: string): string {
  const words = type.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export const chart = {
  region: "Chart",
  label: (symbol: string, timeframe: Timeframe) =>
    `Candlestick chart of ${symbol}, ${TIMEFRAME_NAMES[timeframe]} a bar. ` +
    "Arrow keys walk the bars, Enter opens a bar's signal, Escape returns to the newest.",
  loading: "Loading candles…",
  loadingOlder: "Loading older candles…",
  oldest: "Oldest bar stored",
  olderFailed: "Older candles could not be loaded.",
  empty: "No candles yet",
  emptyDetail: "The history of this timeframe is being collected. It appears by itself.",
  failed: "The candles could not be loaded",
  showInstead: (symbol: string) => `Show ${symbol}`,
  outOfReach: "The stretch in the address is further back than this chart reads.",
  mark: {
    signal: (side: string, certainty: string, status: string) =>
      `${side} · ${certainty} · ${status}`,
    uncalibrated: (chance: string) => `${chance} uncalibrated`,
    pattern: (type: string, direction: string, strength: number) =>
      `${patternName(type)} (${direction}, strength ${strength})`,
    region: "Marks of the bar",
  },
  risk: { entry: "E", stop: "SL", target: (place: number) => `TP${place}` },
  tools: {
    region: "Chart tools",
    log: "Logarithmic price scale",
    newest: "Back to the newest bars",
    picture: "Save as a picture",
    fullscreen: "Full screen",
    leaveFullscreen: "Leave full screen",
    share: "Copy a link to this view",
    copied: "Link copied.",
    notCopied: "The browser does not let this page copy. The link is in the address bar.",
  },
  caption: (symbol: string, timeframe: Timeframe, at: string, zone: string) =>
    `${symbol} · ${timeframe} · ${at} ${zone}`,
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
    marks: "Signals and patterns",
  },
  openBar: "still open",
  more: "Show older bars",
} as const;
