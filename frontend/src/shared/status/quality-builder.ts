import type { Quality } from "@/shared/api/market-api";

const NOW_MS = 1_722_814_980_000;

type Series = Quality["series"][number];
type Delays = NonNullable<Series["arrivals"]>["whole"]["live"];

/** For tests: a market whose one series is whole and was healed once, and changes. */
export function qualityReport(changes: Partial<Quality> = {}): Quality {
  return {
    symbol: "ETHUSDT",
    nowMs: NOW_MS,
    speed: 60,
    whole: true,
    series: [seriesQuality()],
    feed: {
      source: "replay:ETHUSDT-1m-2024-07",
      sampledSinceMs: NOW_MS,
      lastHour: feedAges(),
      whole: feedAges(),
      refused: 3,
      faults: { bad_range: 3 },
    },
    ...changes,
  };
}

export function seriesQuality(changes: Partial<Series> = {}): Series {
  const span = { live: delays(), healed: { ...delays(), count: 26, p95Ms: 34_321 } };
  return {
    timeframe: "1m",
    whole: true,
    verdict: "whole, 2 outages known",
    fromMs: 1_582_113_600_000,
    untilMs: NOW_MS,
    stored: 10_067,
    expected: 10_067,
    completeness: 100,
    holes: 0,
    newestHoles: [],
    outages: 2,
    outageBars: 5,
    newestOutages: [],
    revisions: 4,
    newestRevisions: [],
    origins: { live: 71, healed: 26, backfill: 9_970 },
    arrivals: { sinceMs: NOW_MS, lastHour: span, lastDay: span, whole: span },
    ...changes,
  };
}

function delays(): Delays {
  return { count: 71, p50Ms: 60, p95Ms: 478, p99Ms: 900, maxMs: 1_200 };
}

function feedAges(): NonNullable<Quality["feed"]>["whole"] {
  return {
    samples: 80,
    unsampledSeconds: 36,
    p50Ms: 151,
    p95Ms: 917,
    p99Ms: 988,
    maxMs: 2_400,
    seconds: { live: 78, delayed: 0, stale: 0, offline: 2, ended: 0 },
  };
}
