/** The page of one signal: what it was decided from and what became of it. */

import { patternName } from "./signals";

const EVENTS: Readonly<Record<string, string>> = {
  opened: "Decided",
  take_profit_1: "Take-profit 1 was reached",
  stop: "The stop was reached",
  horizon: "Left at the horizon: neither was reached in time",
  furthest_target: "The price went on",
  replaced: "Replaced by the next decision",
};

const INDICATORS: Readonly<Record<string, string>> = {
  rsi: "RSI",
  macd: "MACD",
  macd_signal: "MACD signal",
  macd_histogram: "MACD histogram",
  ema_9: "EMA 9",
  ema_21: "EMA 21",
  ema_50: "EMA 50",
  ema_200: "EMA 200",
  vwap: "VWAP",
  atr: "ATR",
  bollinger_upper: "Bollinger upper",
  bollinger_middle: "Bollinger middle",
  bollinger_lower: "Bollinger lower",
};

const SOURCES: Readonly<Record<string, string>> = {
  indicators: "Indicators",
  patterns: "Patterns",
  volume: "Volume",
  prediction: "Model",
};

const page = {
  back: "All signals",
  sheet: (symbol: string) => `The signal on ${symbol}`,
  missing: "There is no such signal",
  missingDetail: "The address may be mistyped, or the signal was never stored.",
  failed: "The signal could not be read",
  share: "Copy link",
  copied: "The link is copied.",
  copyFailed: "The browser does not let it be copied: it stands in the address bar.",
  onChart: "Show on the chart",
  facts: "How it was decided",
  fact: {
    status: "Status",
    origin: "Origin",
    decided: "Decided",
    left: "Ended",
    engine: "Engine",
    model: "Model",
    map: "Chance map",
    continues: "Continues",
    feed: "Feed",
    id: "Signal",
  },
  another: "the signal before it",
  noModel: "none: rules only",
  noMap: "none: uncalibrated",
  mapSaid: (outcomes: string, until: string) => `${outcomes} outcomes before ${until}`,
} as const;

const picture = {
  title: "Candles around it",
  caption: (symbol: string, timeframe: string, zone: string) =>
    `${symbol}, ${timeframe} candles around the signal, newest first, ${zone}`,
  label: (candles: number, levels: number) =>
    `${candles} candles around the signal${levels === 0 ? "" : `, and ${levels} levels over its life`}. The table below has the figures.`,
  legend: "Hollow candles rose, filled ones fell; the shaded bar was decided on.",
  running: "Levels reach to the newest closed bar: the signal still runs.",
  ended: "Levels reach over the signal's life; a ring marks where it was left.",
  entry: "Entry",
  stop: "Stop",
  high: "High",
  low: "Low",
  target: (number: number) => `TP${number}`,
  asTable: "The candles as a table",
  columns: {
    time: "Open time",
    open: "Open",
    high: "High",
    low: "Low",
    close: "Close",
    volume: "Volume",
  },
  barOf: (at: string, isDecided: boolean) => (isDecided ? `${at} (decided)` : at),
  failed: "The candles could not be read",
  empty: "No candles",
  emptyDetail: "The platform keeps none of this stretch any more.",
} as const;

const inputs = {
  title: "Decided from",
  indicators: "Indicators at the bar's close",
  indicator: (name: string) => INDICATORS[name] ?? name,
  notWarm: "not warm",
  patterns: "Patterns that counted",
  strength: (strength: number) => `strength ${strength}`,
  noPatterns: "None of the last bars completed a pattern.",
  absentPatterns: "The patterns were not there.",
  volume: "Volume",
  volumeSaid: (current: string, ratio: string, average: string) =>
    `${current}, which is ${ratio} × the average of ${average}.`,
  absentVolume: "The volume was not there.",
  prediction: "Model",
  chances: (up: string, neutral: string, down: string) =>
    `Rise ${up}, neither ${neutral}, fall ${down}.`,
  usualShares: "These shares are only how often each happens.",
  absentPrediction: "The model was not there.",
  sources: "Sources",
  source: (name: string) => SOURCES[name] ?? name,
  present: "answered",
  absent: (reason: string) => `absent, ${reason}`,
  candles: "Candles that were seen",
  candlesSaid: (count: string, from: string, to: string) =>
    `${count} closed candles, from ${from} to ${to}.`,
  hash: "SHA-256",
} as const;

const timeline = {
  title: "What happened",
  event: (kind: string) => EVENTS[kind] ?? patternName(kind),
  furthest: (target: number) => `to take-profit ${target}`,
  running: "It still runs: what happens next appears here by itself.",
  by: "The next decision",
} as const;

const replay = {
  title: "Replay",
  detail:
    "Decides the signal again from the candles as they were seen then, and compares every part with what is stored.",
  run: "Decide it again",
  running: "Deciding it again…",
  equal: "Equal, bit for bit",
  computed: (count: string, engine: string) =>
    `Computed anew from ${count} candles by engine ${engine}.`,
  different: (count: number) => `${count} ${count === 1 ? "part differs" : "parts differ"}`,
  columns: { field: "Part", stored: "Stored", recomputed: "Computed anew" },
  failed: "It could not be decided again",
} as const;

export const signalPage = { page, picture, inputs, timeline, replay } as const;
