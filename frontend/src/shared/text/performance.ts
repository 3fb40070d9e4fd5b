import type { Origin } from "@/shared/api/performance-api";
import type { Timeframe } from "@/shared/market/timeframe";
import * as figures from "./performance-figures";
import { model } from "./performance-model";
import { TIMEFRAME_NAMES } from "./timeframe";

const ORIGINS: Readonly<Record<Origin, string>> = {
  live: "Live",
  historical: "Rebuilt history",
};

const ORIGINS_MEAN: Readonly<Record<Origin, string>> = {
  live: "Live signals were decided as their candle closed, before anyone knew what would come.",
  historical:
    "Rebuilt signals were decided afterwards, over stored candles, by the code that decides live ones. " +
    "Nobody saw them at the time; live ones are never counted among them.",
};

const choices = {
  market: "Market",
  timeframe: "Timeframe",
  origin: "Signals",
  origins: ORIGINS,
  originsMean: ORIGINS_MEAN,
  engine: "Engine",
  everyEngine: "Every engine",
  currentEngine: "The current one",
  engineOption: (version: string, count: string) => `${version} (${count})`,
  since: "Since (UTC)",
  sinceEver: "Since ever",
} as const;

const states = {
  failed: "The figures could not be read",
  notRenewed: (at: string, zone: string, reason: string) =>
    `As of ${at} ${zone}; since then they could not be read again: ${reason}`,
  loading: "Reading the figures…",
  empty: (timeframe: Timeframe) => `No signal of ${TIMEFRAME_NAMES[timeframe]} has an outcome yet`,
  emptyLive:
    "A BUY or SELL counts once its first target, its stop or its horizon was reached. " +
    "The first appears here by itself.",
  emptyHistorical: "A rebuild decides stored candles and follows what came of them:",
  emptyNarrowed: "There may be some of another engine, or before the day that was chosen.",
  showOther: (origin: Origin, count: string) =>
    origin === "live" ? `Show the ${count} live ones` : `Show the ${count} rebuilt ones`,
  showAll: "Show all",
} as const;

const MONEY = {
  gained: "Gained after fees",
  lost: "Lost after fees",
  unclear: "Not to be told from zero after fees",
} as const;

const WITH_LUCK = {
  gained: {
    better: "Gained after fees, and did better than random entries.",
    alike: "Gained after fees, but random entries in the same time may do as well.",
    worse: "Gained after fees, but less than random entries.",
  },
  lost: {
    better: "Lost after fees, though less than random entries.",
    alike: "Lost after fees, no better than random entries.",
    worse: "Lost after fees, and more than random entries.",
  },
  unclear: {
    better: "Better than random entries, but nothing after fees that could be told from zero.",
    alike: "Nothing that could be told from zero, nor from random entries.",
    worse: "Worse than random entries, and nothing after fees that could be told from zero.",
  },
} as const;

interface Verdict {
  readonly money: keyof typeof MONEY;
  readonly luck: keyof typeof WITH_LUCK.gained | null;
}

const headline = {
  title: (symbol: string, timeframe: Timeframe, origin: Origin) =>
    `${symbol} · ${TIMEFRAME_NAMES[timeframe]} · ${ORIGINS[origin].toLowerCase()}`,
  period: (from: string, until: string) => `${from} to ${until}`,
  verdict: ({ money, luck }: Verdict) =>
    luck === null ? `${MONEY[money]}.` : WITH_LUCK[money][luck],
  caution:
    "One market and one stretch of time: it may be luck, and it is no promise of what comes.",
  tooFewYet: (count: string, least: string) =>
    `Too few to say anything: ${count} of the ${least} outcomes that a figure needs.`,
  tooFew: "too few",
  outcomes: "Outcomes",
  outcomesDetail: (hits: string, stopped: string, expired: string) =>
    `${hits} hit, ${stopped} stopped, ${expired} ran out`,
  hitRate: "Hit rate",
  interval: (low: string, high: string) => `95%: ${low} to ${high}`,
  randomHitRate: (mean: string, low: string, high: string) =>
    `Random entries ${mean} (${low} to ${high})`,
  meanNetR: "Mean net R",
  meanWithError: (mean: string, error: string) => `${mean} ± ${error}`,
  standardError: (error: string) => `± ${error} standard error, fees paid`,
  meanGain: "Mean gain of a signal",
  meanGainDetail: "Of the price at entry, fees paid",
  buyAndHold: "Buy and hold",
  buyAndHoldDetail: "Bought once at the first entry and kept",
  compared: "Mean net R, compared",
  signals: "These signals",
  signalsDetail: "mean, 95% interval",
  random: "Random entries",
  randomDetail: (draws: string) => `${draws} draws, 5 to 95%`,
  noRandom: "not drawn for so few",
  hold: "Always HOLD",
  range: (low: string, high: string) => `${low} to ${high}`,
  withInterval: (value: string, low: string, high: string) => `${value} (${low} to ${high})`,
} as const;

const counted = {
  title: "How it was counted",
  points: [
    "A hit reached take-profit 1 before the stop and before its horizon, and is left whole there. " +
      "R is the gain in units of the risk taken, from entry to stop.",
    "Entered at the close of the signal's candle; left at take-profit 1, the stop, or the close at the " +
      "horizon: 24 bars, unless the operator set another.",
    "Fees are paid in every figure, also those of the baselines: 0.1% a side, unless the operator set " +
      "another; each signal's own page says which. No slippage, funding or cost of borrowing is counted.",
    "Where stop and target lie in one candle, finer candles decide; where there are none, the stop counts.",
    "A signal that continues an open one of its side is not counted, and neither is HOLD.",
    "Random entries are as many, of the same sides, with the same levels, fees and horizon, at bars drawn " +
      "evenly from the same period.",
    "Intervals and standard errors take outcomes as independent. Neighbouring ones are not quite, so the " +
      "truth is less certain than they say.",
    "Under 30 outcomes there are counts and sums, and no share or mean.",
  ],
  counts: (decided: string, hold: string, continuing: string, late: string) =>
    `Of ${decided} candles decided, ${hold} were HOLD and ${continuing} continued an open signal. ` +
    `${late} more were decided too late to be live and are in no figure here.`,
  again: "To count the rebuilt ones again:",
  command: (symbol: string, timeframe: Timeframe) =>
    `./eth rebuild --symbol ${symbol} --timeframe ${timeframe}`,
  ask: "The figures themselves:",
} as const;

export const performance = {
  choices,
  states,
  headline,
  equity: figures.equity,
  parts: figures.parts,
  months: figures.months,
  confidence: figures.confidence,
  distribution: figures.distribution,
  counted,
  model,
} as const;
