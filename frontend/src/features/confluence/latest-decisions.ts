import type { SignalsApi } from "@/shared/api/signals-api";
import type { MarketSymbol } from "@/shared/market/symbol";
import type { Timeframe } from "@/shared/market/timeframe";
import type { TradeSignal } from "@/shared/signals/signal";

export function latestKey(symbol: MarketSymbol, timeframe: Timeframe) {
  return ["latest", symbol, timeframe] as const;
}

/** The newest decision, also one that has ended since; null before the first. */
export async function readLatest(
  api: SignalsApi,
  symbol: MarketSymbol,
  timeframe: Timeframe,
  signal: AbortSignal,
): Promise<TradeSignal | null> {
  const page = await api.history(symbol, timeframe, { limit: 1 }, signal);
  return page.signals[0] ?? null;
}

/** What is known once a signal is told: a change of an older one is no newer decision. */
export function newer(
  known: TradeSignal | null | undefined,
  told: TradeSignal,
): TradeSignal | null | undefined {
  if (known === undefined) return undefined;
  return known === null || told.openMs >= known.openMs ? told : known;
}
