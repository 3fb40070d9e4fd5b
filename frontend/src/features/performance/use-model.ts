import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { useApis } from "@/shared/api/apis";
import type { ModelPerformance, ModelReport, ModelSummary } from "@/shared/api/ml-api";
import type { MarketSymbol } from "@/shared/market/symbol";
import type { Timeframe } from "@/shared/market/timeframe";

const REFRESH_MS = 60_000;

export interface KnownModel {
  readonly performance: ModelPerformance;
  /** Of the model that serves, or would if it had skill; null without one. */
  readonly summary: ModelSummary | null;
}

/** The model of a series and what its forecasts were worth, asked again every minute. */
export function useModel(symbol: MarketSymbol, timeframe: Timeframe): UseQueryResult<KnownModel> {
  const api = useApis().ml;
  return useQuery({
    queryKey: ["model", symbol, timeframe],
    queryFn: async ({ signal }) => {
      const [performance, models] = await Promise.all([
        api.performance(symbol, timeframe, signal),
        api.models(symbol, timeframe, signal),
      ]);
      const id = performance.model_id;
      return { performance, summary: models.find(({ model_id }) => model_id === id) ?? null };
    },
    staleTime: REFRESH_MS,
    refetchInterval: REFRESH_MS,
  });
}

/** All that was measured of a model, which never changes. */
export function useModelReport(modelId: string): UseQueryResult<ModelReport> {
  const api = useApis().ml;
  return useQuery({
    queryKey: ["model-report", modelId],
    queryFn: ({ signal }) => api.report(modelId, signal),
  });
}
