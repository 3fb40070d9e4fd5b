import { createContext, use } from "react";
import type { MarketApi } from "./market-api";

export const MarketContext = createContext<MarketApi | null>(null);

export function useMarketApi(): MarketApi {
  const api = use(MarketContext);
  if (!api) throw new Error("There is no market API above this component.");
  return api;
}
