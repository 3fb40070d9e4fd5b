import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { useEffect } from "react";
import { useApis } from "@/shared/api/apis";
import type { Breakdown, Origin } from "@/shared/api/performance-api";
import type { Scorecard } from "@/shared/api/signals-api";
import { useLiveSession } from "@/shared/live/live-context";
import { useReadAgain } from "@/shared/live/use-read-again";
import type { MarketSymbol } from "@/shared/market/symbol";
import type { Timeframe } from "@/shared/market/timeframe";
import { outcomeOf } from "@/shared/signals/outcome";

/** Every answer that another outcome makes old. */
const RESULTS = ["results"] as const;

/** What became of the signals of a market and timeframe. */
export function useScorecard(
  symbol: MarketSymbol,
  timeframe: Timeframe,
): UseQueryResult<Scorecard> {
  const api = useApis().signals;
  return useQuery({
    queryKey: [...RESULTS, "scorecard", symbol, timeframe],
    queryFn: ({ signal }) => api.scorecard(symbol, timeframe, signal),
  });
}

/** Has results read again when a signal ends, or may have ended unheard. */
export function useLiveResults(): void {
  const session = useLiveSession();
  const readAgain = useReadAgain(RESULTS);
  useEffect(
    () =>
      session.onSignal(({ signal }) => {
        if (outcomeOf(signal) !== null) void readAgain();
      }),
    [session, readAgain],
  );
}

/** The same, taken apart: rebuilt and live signals are asked for apart. */
export function useBreakdown(
  symbol: MarketSymbol,
  timeframe: Timeframe,
  origin: Origin,
): UseQueryResult<Breakdown> {
  const api = useApis().performance;
  return useQuery({
    queryKey: [...RESULTS, "breakdown", symbol, timeframe, origin],
    queryFn: ({ signal }) =>
      api.breakdown({ symbol, timeframe, origin, engineVersion: null, sinceMs: null }, signal),
  });
}
