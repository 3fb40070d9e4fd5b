import type { MarketSymbol } from "@/shared/market/symbol";
import type { Timeframe } from "@/shared/market/timeframe";
import type { BodyOf, Schema } from "./contract";
import type { HttpClient } from "./http-client";

export type ModelPerformance = BodyOf<"/api/ml/performance">;

export type ModelSummary = Schema<"ModelSummary">;

export type ModelReport = BodyOf<"/api/ml/models/{model_id}/report">;

export type ModelStatement = BodyOf<"/api/ml/predict", "post">;

export interface MlApi {
  /** What the last forecasts of a series were worth, and how far its features have drifted. */
  performance(
    symbol: MarketSymbol,
    timeframe: Timeframe,
    signal?: AbortSignal,
  ): Promise<ModelPerformance>;
  /** Newest first; those without skill too. */
  models(
    symbol: MarketSymbol,
    timeframe: Timeframe,
    signal?: AbortSignal,
  ): Promise<readonly ModelSummary[]>;
  report(modelId: string, signal?: AbortSignal): Promise<ModelReport>;
  /** What the model that serves now says of the bar that opened then. */
  predict(
    symbol: MarketSymbol,
    timeframe: Timeframe,
    openMs: number,
    signal?: AbortSignal,
  ): Promise<ModelStatement>;
}

export function createMlApi(http: HttpClient): MlApi {
  return {
    performance: (symbol, timeframe, signal) =>
      http.getBare("/api/ml/performance", { query: { symbol, timeframe }, signal }),
    async models(symbol, timeframe, signal) {
      const query = { symbol, timeframe };
      return (await http.getBare("/api/ml/models", { query, signal })).models;
    },
    report: (modelId, signal) =>
      http.getBare("/api/ml/models/{model_id}/report", {
        path: { model_id: modelId },
        query: { format: "json" },
        signal,
      }),
    predict: (symbol, timeframe, openMs, signal) =>
      http.postBare("/api/ml/predict", { symbol, timeframe, timestamp: openMs }, signal),
  };
}

/** A model's report as a page for people. */
export function reportHref(modelId: string): string {
  return `/api/ml/models/${encodeURIComponent(modelId)}/report?format=html`;
}
