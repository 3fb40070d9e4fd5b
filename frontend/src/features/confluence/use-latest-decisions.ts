import { useQueries, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useApis } from "@/shared/api/apis";
import { useLiveSession } from "@/shared/live/live-context";
import type { MarketSymbol } from "@/shared/market/symbol";
import { TIMEFRAMES, type Timeframe } from "@/shared/market/timeframe";
import type { TradeSignal } from "@/shared/signals/signal";
import { latestKey, newer, readLatest } from "./latest-decisions";
import { useRefreshOnClose } from "./use-refresh-on-close";

/** What one timeframe decided last. */
export interface LatestDecision {
  readonly timeframe: Timeframe;
  /** Null before the first; undefined while it is read, or cannot be. */
  readonly decision: TradeSignal | null | undefined;
  readonly error: Error | null;
  readonly retry: () => void;
}

/** Of every timeframe; the followed one is told, the others are asked once after each close. */
export function useLatestDecisions(symbol: MarketSymbol): readonly LatestDecision[] {
  const api = useApis().signals;
  const queries = useQueries({
    queries: TIMEFRAMES.map((timeframe) => ({
      queryKey: latestKey(symbol, timeframe),
      queryFn: ({ signal }: { signal: AbortSignal }) => readLatest(api, symbol, timeframe, signal),
    })),
  });
  useTold();
  useRefreshOnClose(symbol);
  return TIMEFRAMES.map((timeframe, index) => ({
    timeframe,
    decision: queries[index]?.data,
    error: queries[index]?.error ?? null,
    retry: () => void queries[index]?.refetch(),
  }));
}

/** Takes in what the followed room tells. */
function useTold(): void {
  const session = useLiveSession();
  const client = useQueryClient();
  useEffect(
    () =>
      session.onSignal(({ signal }) => {
        client.setQueryData<TradeSignal | null>(
          latestKey(signal.symbol, signal.timeframe),
          (known) => newer(known, signal),
        );
      }),
    [session, client],
  );
}
