import type { MarketSymbol } from "@/shared/market/symbol";
import type { Timeframe } from "@/shared/market/timeframe";
import type { DataOf } from "./contract";
import type { HttpClient } from "./http-client";

export type Breakdown = DataOf<"/api/signals/performance/breakdown">;

/** Live signals, or those that were rebuilt over stored history; never both. */
export const ORIGINS = ["live", "historical"] as const;

export type Origin = (typeof ORIGINS)[number];

export interface BreakdownScope {
  readonly symbol: MarketSymbol;
  readonly timeframe: Timeframe;
  readonly origin: Origin;
  /** Null: live signals of every engine, or rebuilt ones of the current engine. */
  readonly engineVersion: string | null;
  /** Signals whose candle opens then or later; null: since ever. */
  readonly sinceMs: number | null;
}

export interface PerformanceApi {
  /** What became of the signals of one series, taken apart. */
  breakdown(scope: BreakdownScope, signal?: AbortSignal): Promise<Breakdown>;
}

export function createPerformanceApi(http: HttpClient): PerformanceApi {
  return {
    breakdown({ symbol, timeframe, origin, engineVersion, sinceMs }, signal) {
      const query = {
        symbol,
        timeframe,
        origin,
        ...(engineVersion !== null && { engineVersion }),
        ...(sinceMs !== null && { since: sinceMs }),
      };
      return http.get("/api/signals/performance/breakdown", { query, signal });
    },
  };
}
