import { createContext, use } from "react";
import { createAnalysisApi, type AnalysisApi } from "./analysis-api";
import type { HttpClient } from "./http-client";
import { createMarketApi, type MarketApi } from "./market-api";
import { createMlApi, type MlApi } from "./ml-api";
import { createPatternsApi, type PatternsApi } from "./patterns-api";
import { createPerformanceApi, type PerformanceApi } from "./performance-api";
import { createSignalsApi, type SignalsApi } from "./signals-api";
import { createStatusApi, type StatusApi } from "./status-api";

/** What the platform can be asked, a part for each of its services. */
export interface Apis {
  readonly analysis: AnalysisApi;
  readonly market: MarketApi;
  readonly ml: MlApi;
  readonly patterns: PatternsApi;
  readonly performance: PerformanceApi;
  readonly signals: SignalsApi;
  readonly status: StatusApi;
}

export function createApis(http: HttpClient): Apis {
  return {
    analysis: createAnalysisApi(http),
    market: createMarketApi(http),
    ml: createMlApi(http),
    patterns: createPatternsApi(http),
    performance: createPerformanceApi(http),
    signals: createSignalsApi(http),
    status: createStatusApi(http),
  };
}

export const ApisContext = createContext<Apis | null>(null);

export function useApis(): Apis {
  const apis = use(ApisContext);
  if (!apis) throw new Error("There are no APIs above this component.");
  return apis;
}
