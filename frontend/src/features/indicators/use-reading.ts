import { useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import { useEffect } from "react";
import type { IndicatorReading } from "@/shared/api/analysis-api";
import { useApis } from "@/shared/api/apis";
import { useLiveSession } from "@/shared/live/live-context";
import type { MarketSymbol } from "@/shared/market/symbol";
import type { Timeframe } from "@/shared/market/timeframe";

/** What the indicators of the newest closed bar read and mean; read again as bars close. */
export function useReading(
  symbol: MarketSymbol,
  timeframe: Timeframe,
): UseQueryResult<IndicatorReading> {
  const { analysis } = useApis();
  const client = useQueryClient();
  const session = useLiveSession();
  const query = useQuery({
    queryKey: ["reading", symbol, timeframe],
    queryFn: ({ signal }) => analysis.reading(symbol, timeframe, signal),
    // Nobody keeps what was read while the menu was closed current.
    staleTime: 0,
  });
  useEffect(
    () =>
      session.onClosedBars(() => {
        void client.invalidateQueries({ queryKey: ["reading", symbol, timeframe] });
      }),
    [session, client, symbol, timeframe],
  );
  return query;
}
