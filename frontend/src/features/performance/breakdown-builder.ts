import type { Breakdown } from "@/shared/api/performance-api";
import type { Part } from "./verdict";

/** For tests: outcomes that were enough for a figure, with changes. */
export function part(changes: Partial<Part> = {}): Part {
  return {
    n: 100,
    hits: 47,
    stopped: 50,
    expired: 3,
    ambiguous: 1,
    verdict: null,
    hitRate: 0.47,
    hitRateLow: 0.375,
    hitRateHigh: 0.567,
    meanNetR: 0.026,
    netRStandardError: 0.032,
    meanProfitLossPercent: -0.009,
    totalNetR: 2.6,
    ...changes,
  };
}

const FEW = {
  verdict: "too few",
  hitRate: null,
  hitRateLow: null,
  hitRateHigh: null,
  meanNetR: null,
  netRStandardError: null,
  meanProfitLossPercent: null,
};

const JULY_MS = Date.UTC(2024, 6, 1);
const DAY_MS = 86_400_000;

/** For tests: a rebuilt hour series of July 2024, with changes. */
export function breakdown(changes: Partial<Breakdown> = {}): Breakdown {
  return {
    symbol: "ETHUSDT",
    timeframe: "1h",
    since: null,
    origin: "historical",
    engineVersion: "716c70326d5d",
    feed: { kind: "replay", source: "replay:ETHUSDT-1h" },
    period: { startMs: JULY_MS, endMs: JULY_MS + 3 * DAY_MS },
    total: part(),
    equity: {
      thinned: false,
      exitMs: [JULY_MS + DAY_MS, JULY_MS + 2 * DAY_MS, JULY_MS + 3 * DAY_MS],
      side: ["BUY", "SELL", "BUY"],
      netR: [1.3, -1.1, 2.4],
      cumulativeNetR: [1.3, 0.2, 2.6],
      baselines: {
        alwaysHoldNetR: 0,
        buyAndHoldPercent: [0.5, -1.5, 7.25],
        randomEntries: {
          draws: 1000,
          seed: 0,
          mean: [-4, -9, -14],
          percentile5: [-6, -14, -20],
          percentile95: [-2, -4, -8],
        },
      },
    },
    distribution: [
      { fromR: null, untilR: -3, n: 0, hits: 0, stopped: 0, expired: 0, ambiguous: 0 },
      { fromR: -1.25, untilR: -1, n: 50, hits: 0, stopped: 50, expired: 0, ambiguous: 1 },
      { fromR: -0.25, untilR: 0, n: 3, hits: 0, stopped: 0, expired: 3, ambiguous: 0 },
      { fromR: 1.25, untilR: 1.5, n: 47, hits: 47, stopped: 0, expired: 0, ambiguous: 0 },
    ],
    byMonth: [{ ...part(), month: "2024-07" }],
    bySide: [
      { ...part({ n: 60 }), side: "BUY" },
      { ...part({ n: 40, meanNetR: -0.2, totalNetR: -8 }), side: "SELL" },
    ],
    byConfidence: [
      {
        ...part({ n: 12, ...FEW }),
        calibrated: false,
        fromPercent: 40,
        untilPercent: 50,
        meanConfidence: 43,
      },
      {
        ...part({ n: 88 }),
        calibrated: true,
        fromPercent: 40,
        untilPercent: 50,
        meanConfidence: 46.5,
      },
    ],
    byEngine: [{ ...part(), engineVersion: "716c70326d5d" }],
    byTimeframe: [{ ...part(), timeframe: "1h" }],
    ...changes,
  };
}

/** For tests: a series of which no signal has an outcome. */
export function emptyBreakdown(): Breakdown {
  return breakdown({
    period: null,
    total: part({ n: 0, hits: 0, stopped: 0, expired: 0, totalNetR: 0, ...FEW }),
    equity: {
      thinned: false,
      exitMs: [],
      side: [],
      netR: [],
      cumulativeNetR: [],
      baselines: null,
    },
    distribution: [],
    byMonth: [],
    bySide: [],
    byConfidence: [],
    byEngine: [],
    byTimeframe: [],
  });
}
