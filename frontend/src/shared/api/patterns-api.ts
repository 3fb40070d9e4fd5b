import { rangeQuery, type BarRange } from "./analysis-api";
import type { DataOf } from "./contract";
import type { HttpClient } from "./http-client";

export type RecentPatterns = DataOf<"/api/patterns/recent">;

export interface PatternsApi {
  /** The candlestick patterns that were complete at bars of the range, newest first. */
  recent(range: BarRange, signal?: AbortSignal): Promise<RecentPatterns>;
}

export function createPatternsApi(http: HttpClient): PatternsApi {
  return {
    recent: (range, signal) =>
      http.get("/api/patterns/recent", { query: rangeQuery(range), signal }),
  };
}
