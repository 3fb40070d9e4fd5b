import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { useApis } from "@/shared/api/apis";
import type { Breakdown } from "@/shared/api/performance-api";
import type { MarketSymbol } from "@/shared/market/symbol";
import type { Timeframe } from "@/shared/market/timeframe";
import { sinceMs, type Scope } from "./scope";

const REFRESH_MS = 60_000;

/** What became of the signals, asked again every minute while it is looked at. */
export function useBreakdown(
  symbol: MarketSymbol,
  timeframe: Timeframe,
  scope: Scope,
): UseQueryResult<Breakdown> {
  const api = useApis().performance;
  const { origin, engineVersion } = scope;
  const asked = { symbol, timeframe, origin, engineVersion, sinceMs: sinceMs(scope) };
  return useQuery({
    queryKey: ["breakdown", asked],
    queryFn: ({ signal }) => api.breakdown(asked, signal),
    staleTime: REFRESH_MS,
    refetchInterval: REFRESH_MS,
  });
}
