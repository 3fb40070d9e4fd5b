import { useQuery } from "@tanstack/react-query";
import { useApis } from "@/shared/api/apis";
import type { SignalsApi } from "@/shared/api/signals-api";
import type { MarketSymbol } from "@/shared/market/symbol";
import type { Timeframe } from "@/shared/market/timeframe";
import type { TradeSignal } from "@/shared/signals/signal";
import { weightsOf, type Weights } from "./voices";

type WeightsByEngine = ReadonlyMap<string, Weights>;

/** By engine version: an engine's weights never change, and every BUY or SELL tells them. */
export function useEngineWeights(
  symbol: MarketSymbol,
  timeframe: Timeframe,
  decisions: readonly TradeSignal[],
): WeightsByEngine {
  const api = useApis().signals;
  const told = byEngine(decisions);
  const isMissing = decisions.some(({ raw }) => !told.has(raw.engineVersion));
  const { data = [] } = useQuery({
    queryKey: ["engine-weights", symbol, timeframe],
    queryFn: ({ signal }) => newestTaken(api, symbol, timeframe, signal),
    enabled: isMissing,
  });
  return byEngine([...data, ...decisions]);
}

async function newestTaken(
  api: SignalsApi,
  symbol: MarketSymbol,
  timeframe: Timeframe,
  signal: AbortSignal,
): Promise<readonly TradeSignal[]> {
  const newest = (signalType: "BUY" | "SELL") =>
    api.history(symbol, timeframe, { limit: 1, signalType }, signal);
  const pages = await Promise.all([newest("BUY"), newest("SELL")]);
  return pages.flatMap((page) => page.signals);
}

function byEngine(signals: readonly TradeSignal[]): WeightsByEngine {
  const weights = new Map<string, Weights>();
  for (const signal of signals) {
    const told = weightsOf(signal);
    if (told) weights.set(signal.raw.engineVersion, told);
  }
  return weights;
}
