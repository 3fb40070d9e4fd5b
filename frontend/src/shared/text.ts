import type { FeedCondition } from "@/shared/live/judge-feed";
import type { Timeframe } from "@/shared/market/timeframe";

const TIMEFRAME_NAMES: Readonly<Record<Timeframe, string>> = {
  "1m": "1 minute",
  "5m": "5 minutes",
  "15m": "15 minutes",
  "30m": "30 minutes",
  "1h": "1 hour",
  "4h": "4 hours",
  "1d": "1 day",
};

const FEED_STATES: Readonly<Record<FeedCondition, string>> = {
  connecting: "Connecting",
  live: "Live",
  delayed: "Delayed",
  stale: "Stale",
  offline: "Offline",
  ended: "Ended",
  reconnecting: "Reconnecting",
};

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

/** Every word that the dashboard says, in one place. */
export const text = {
  productName: "ETH Trading Platform",
  notAdvice: "Not financial advice",
  none: "–",

  header: {
    region: "Price",
    change24h: "Change in 24 hours",
    high24h: "24h high",
    low24h: "24h low",
    volume24h: "24h volume",
    pageTitle: (price: string, symbol: string) => `${price} · ${symbol}`,
  },

  timeframe: {
    group: "Timeframe",
    name: (timeframe: Timeframe) => TIMEFRAME_NAMES[timeframe],
    typed: (timeframe: Timeframe) => `${TIMEFRAME_NAMES[timeframe]} · Enter`,
    typedUnknown: "No such timeframe",
    switched: (timeframe: Timeframe) => `Timeframe ${TIMEFRAME_NAMES[timeframe]}.`,
  },

  feed: {
    region: "Feed",
    state: (condition: FeedCondition) => FEED_STATES[condition],
    announced: (condition: FeedCondition) => `Feed: ${FEED_STATES[condition]}.`,
    tick: (age: string) => `tick ${age}`,
    seconds: (seconds: string) => `${seconds}s`,
    minutes: (minutes: number) => `${minutes} min`,
    barCloses: (clock: string) => `bar closes ${clock} UTC`,
    replay: "Replay",
    simulated: "Simulated market",
    reason: {
      delayed: "The exchange's events arrive late.",
      stale: "No event from the exchange: the price may have moved. Reconnecting on its own.",
      offline: "The market feed is down. Trying again on its own.",
      ended: "The recording is over: this is its last price.",
      reconnecting: "The connection to the platform is lost. Trying again on its own.",
    },
    refused: (reason: string) => `Live updates were refused: ${reason}`,
  },

  chart: {
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
    bar: (at: string, { open, high, low, close, change }: BarInWords) =>
      `${at} UTC: open ${open}, high ${high}, low ${low}, close ${close}, change ${change}.`,
  },

  table: {
    show: "Show as a table",
    caption: (symbol: string, timeframe: Timeframe) =>
      `${symbol}, ${TIMEFRAME_NAMES[timeframe]} a bar, newest first, UTC`,
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
  },

  theme: {
    toDark: "Switch to the dark theme",
    toLight: "Switch to the light theme",
  },

  error: {
    retry: "Retry",
    requestId: (id: string) => `Request ${id}`,
    unreachable: "The platform cannot be reached.",
    timeout: "The platform did not answer in time.",
    unreadable: (status: number) => `The answer could not be read (HTTP ${status}).`,
    crashed: "The dashboard stopped working",
    reload: "Reload",
  },
} as const;
