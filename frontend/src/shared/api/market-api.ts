import type { Bar } from "@/shared/market/bar";
import type { MarketSymbol } from "@/shared/market/symbol";
import type { Timeframe } from "@/shared/market/timeframe";
import type { DataOf, PriceTick } from "./contract";
import type { HttpClient } from "./http-client";
import { barOf } from "./read-events";

export type Quality = DataOf<"/api/market/quality">;

export interface CandleRange {
  readonly symbol: MarketSymbol;
  readonly timeframe: Timeframe;
  readonly limit: number;
  /** The first open time wanted. */
  readonly sinceMs?: number;
  /** The first open time no longer wanted. */
  readonly untilMs?: number;
}

export interface MarketApi {
  /** Closed bars, ascending. Only `untilMs`, or neither: the newest; with `sinceMs`: the oldest. */
  candles(range: CandleRange, signal?: AbortSignal): Promise<readonly Bar[]>;
  price(symbol: MarketSymbol, signal?: AbortSignal): Promise<PriceTick>;
  /** Of a market, in either spelling: how whole each of its series is. */
  quality(symbol: string, signal?: AbortSignal): Promise<Quality>;
}

export function createMarketApi(http: HttpClient): MarketApi {
  return {
    async candles({ symbol, timeframe, limit, sinceMs, untilMs }, signal) {
      const query = {
        symbol,
        timeframe,
        limit,
        ...(sinceMs !== undefined && { since: sinceMs }),
        ...(untilMs !== undefined && { until: untilMs }),
      };
      const page = await http.get("/api/market/candles", { query, signal });
      return page.candles.map(barOf);
    },
    price: (symbol, signal) => http.get("/api/market/price", { query: { symbol }, signal }),
    quality: (symbol, signal) => http.get("/api/market/quality", { query: { symbol }, signal }),
  };
}
