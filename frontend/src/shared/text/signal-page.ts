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
  loading: "Reading the signal…",
  missing: "There is no such signal",
  missingDetail: "The address may be mistyped, or the signal was never stored.",
  failed: "The signal could not be read",
  at: (at: string) => `bar of ${at}`,
  share: "Copy link",
  copied: "The link was copied.",
  copyFailed: "The browser did not let the link be copied. It stands in the address bar.",
  onChart: "Show on the chart",
  levels: "Levels",
  levelsNone: "A HOLD has no levels: it opens no position.",
  why: "Why",
  facts: "How it was decided",
  fact: {
    status: "Status",
    origin: "Origin",
    decided: "Decided",
    left: "Ended",
    engine: "Engine",
    model: "Model",
    map: "Confidence map",
    continues: "Continues",
    feed: "Feed",
    id: "Signal",
  },
  noModel: "none: rules only",
  noMap: "none: uncalibrated",
} as const;

const picture = {
  title: "Candles",
  caption: (symbol: string, timeframe: string, from: string, to: string, zone: string) =>
    `${symbol}, ${timeframe} bars from ${from} to ${to}, ${zone}`,
  label: (count: number, levels: string) =>
    `Picture of ${count} candles around the signal${levels === "" ? "" : `, with ${levels}`}. The table below has the figures.`,
  legend: "Hollow candles rose, filled ones fell. The shaded bar was decided on.",
  running: "Levels are drawn up to the newest closed bar: the signal still runs.",
  ended: "Levels are drawn over the signal's life; the ring marks where it was left.",
  entry: "Entry",
  stop: "Stop",
  target: (number: number) => `TP${number}`,
  level: (name: string, price: string) => `${name} ${price}`,
  asTable: "The candles as a table",
  failed: "The candles could not be read",
  empty: "No candles",
  emptyDetail: "The platform keeps none of this stretch any more.",
} as const;

const inputs = {
  title: "Decided from",
  indicators: "Indicators at the bar's close",
  indicator: (name: string) => INDICATORS[name] ?? name,
  value: "Value",
  notWarm: "not warm",
  patterns: "Patterns that counted",
  pattern: patternName,
  strength: "Strength",
  noPatterns: "No pattern counted at this bar.",
  absentPatterns: "Patterns were not there.",
  volume: "Volume",
  volumeSaid: (current: string, ratio: string, average: string) =>
    `${current}, which is ${ratio} × the average of ${average}.`,
  absentVolume: "The volume was not there.",
  prediction: "Model",
  chances: (up: string, neutral: string, down: string) =>
    `Rise ${up}, neither ${neutral}, fall ${down}.`,
  silence: (reason: string) => `It abstained (${reason}): these are only the usual shares.`,
  absentPrediction: "The model was not there.",
  sources: "Sources",
  source: (name: string) => SOURCES[name] ?? name,
  present: "present",
  absent: (reason: string) => `absent: ${reason}`,
  candles: "Candles",
  candlesSaid: (count: string, from: string, to: string, zone: string) =>
    `${count} closed candles from ${from} to ${to}, ${zone}.`,
  hash: "Hash",
} as const;

const timeline = {
  title: "What happened",
  event: (kind: string) => EVENTS[kind] ?? patternName(kind),
  furthest: (target: number) => `as far as take-profit ${target}`,
  running: "Still running: what happens next appears here by itself.",
  by: "Open the next decision",
} as const;

const replay = {
  title: "Replay",
  detail:
    "Decides the signal again from the candles as they were seen then, and compares all of it.",
  run: "Decide it again",
  running: "Deciding it again…",
  equal: "Equal, bit for bit",
  equalDetail: (count: string, engine: string) =>
    `Computed anew from ${count} candles by engine ${engine}.`,
  different: (count: number) => `${count} ${count === 1 ? "part differs" : "parts differ"}`,
  columns: { field: "Part", stored: "Stored", recomputed: "Computed anew" },
  failed: "It could not be decided again",
} as const;

export const signalPage = { page, picture, inputs, timeline, replay } as const;
