import type { MarketSymbol } from "@/shared/market/symbol";
import type { Timeframe } from "@/shared/market/timeframe";
import { readSignal, type FrozenSignal, type TradeSignal } from "@/shared/signals/signal";
import type { DataOf, Question } from "./contract";
import type { HttpClient } from "./http-client";

export interface SignalPage {
  /** Newest first. */
  readonly signals: readonly TradeSignal[];
  readonly nextCursor: string | null;
}

export type SignalFilter = Omit<
  NonNullable<Question<"/api/signals/history">["query"]>,
  "symbol" | "timeframe"
>;

export type Scorecard = DataOf<"/api/signals/performance">;

export type ConfidenceMap = DataOf<"/api/signals/confidence-maps/{map_id}">;

export type Replayed = DataOf<"/api/signals/{signal_id}/replay", "post">;

export interface SignalsApi {
  /** The signal that is active, HOLD included; null before the first. */
  latest(
    symbol: MarketSymbol,
    timeframe: Timeframe,
    signal?: AbortSignal,
  ): Promise<TradeSignal | null>;
  history(
    symbol: MarketSymbol,
    timeframe: Timeframe,
    filter: SignalFilter,
    signal?: AbortSignal,
  ): Promise<SignalPage>;
  byId(id: string, signal?: AbortSignal): Promise<FrozenSignal>;
  scorecard(symbol: MarketSymbol, timeframe: Timeframe, signal?: AbortSignal): Promise<Scorecard>;
  /** What a calibrated confidence rests on; a map never changes. */
  confidenceMap(id: string, signal?: AbortSignal): Promise<ConfidenceMap>;
  /** Decides the stored signal again from its stored inputs. */
  replay(id: string): Promise<Replayed>;
}

export function createSignalsApi(http: HttpClient): SignalsApi {
  return {
    async latest(symbol, timeframe, signal) {
      const found = await http.get("/api/signals/latest", { query: { symbol, timeframe }, signal });
      return found && readSignal(found);
    },
    async history(symbol, timeframe, filter, signal) {
      const query = { symbol, timeframe, ...filter };
      const page = await http.get("/api/signals/history", { query, signal });
      return { signals: page.signals.map(readSignal), nextCursor: page.nextCursor };
    },
    async byId(id, signal) {
      const raw = await http.get("/api/signals/{signal_id}", { path: { signal_id: id }, signal });
      return { ...readSignal(raw), details: raw };
    },
    scorecard: (symbol, timeframe, signal) =>
      http.get("/api/signals/performance", { query: { symbol, timeframe }, signal }),
    confidenceMap: (id, signal) =>
      http.get("/api/signals/confidence-maps/{map_id}", { path: { map_id: id }, signal }),
    replay: (id) => http.post("/api/signals/{signal_id}/replay", { path: { signal_id: id } }),
  };
}
