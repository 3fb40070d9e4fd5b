import type { MarketSymbol } from "@/shared/market/symbol";
import type { Timeframe } from "@/shared/market/timeframe";
import type { DataOf } from "./contract";
import type { HttpClient } from "./http-client";

/** All bars that open within it; at most 5,000 of them are answered, the oldest. */
export interface BarRange {
  readonly symbol: MarketSymbol;
  readonly timeframe: Timeframe;
  readonly sinceMs: number;
  /** The first open time no longer wanted. */
  readonly untilMs: number;
}

const MOST_BARS = 5_000;

export type IndicatorPage = DataOf<"/api/analysis/history">;

/** The newest closed bar's indicators, and what they say together and one by one. */
export type IndicatorReading = DataOf<"/api/analysis/indicators">;

export interface AnalysisApi {
  /** Closed bars only, a column for each series; null where a value is not warm. */
  history(range: BarRange, signal?: AbortSignal): Promise<IndicatorPage>;
  reading(
    symbol: MarketSymbol,
    timeframe: Timeframe,
    signal?: AbortSignal,
  ): Promise<IndicatorReading>;
}

/** A range as the platform is asked for it. */
export function rangeQuery({ symbol, timeframe, sinceMs, untilMs }: BarRange) {
  return { symbol, timeframe, since: sinceMs, until: untilMs, limit: MOST_BARS };
}

export function createAnalysisApi(http: HttpClient): AnalysisApi {
  return {
    history: (range, signal) =>
      http.get("/api/analysis/history", { query: rangeQuery(range), signal }),
    reading: (symbol, timeframe, signal) =>
      http.get("/api/analysis/indicators", { query: { symbol, timeframe }, signal }),
  };
}
