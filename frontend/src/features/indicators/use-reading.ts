import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import type { IndicatorReading } from "@/shared/api/analysis-api";
import { useApis } from "@/shared/api/apis";
import { useLiveSession } from "@/shared/live/live-context";
import { useReadAgain } from "@/shared/live/use-read-again";
import type { MarketSymbol } from "@/shared/market/symbol";
import type { Timeframe } from "@/shared/market/timeframe";

/** What the indicators of the newest closed bar read and mean; read again as bars close. */
export function useReading(
  symbol: MarketSymbol,
  timeframe: Timeframe,
): UseQueryResult<IndicatorReading> {
  const { analysis } = useApis();
  const session = useLiveSession();
  const queryKey = useMemo(() => ["reading", symbol, timeframe], [symbol, timeframe]);
  const readAgain = useReadAgain(queryKey);
  useEffect(() => session.onClosedBars(() => void readAgain()), [session, readAgain]);
  return useQuery({
    queryKey,
    queryFn: ({ signal }) => analysis.reading(symbol, timeframe, signal),
    // Nobody keeps what was read while the menu was closed current.
    staleTime: 0,
  });
}
