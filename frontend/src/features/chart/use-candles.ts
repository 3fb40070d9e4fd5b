import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { useApis } from "@/shared/api/apis";
import { useLive } from "@/shared/live/live-context";
import type { Bar } from "@/shared/market/bar";
import type { MarketSymbol } from "@/shared/market/symbol";
import type { Timeframe } from "@/shared/market/timeframe";
import { drawnBars } from "./bar-series";
import { LONGEST_PAGE, OLDER_PAGE, SeriesKeeper } from "./series-keeper";
import { useHealing } from "./use-healing";

/** While the platform still collects a timeframe's history, it is asked for again. */
const ASK_WHILE_EMPTY_MS = 2_000;

const NO_BARS: readonly Bar[] = [];

const wallMs = () => performance.now();

export interface Candles {
  /** Closed and open, ascending; undefined while the first page is on its way. */
  readonly bars: readonly Bar[] | undefined;
  /** The closed ones alone; the same array until another bar closes. */
  readonly closed: readonly Bar[];
  /** There is no history yet: no bar has closed, or none has been collected. */
  readonly isEmpty: boolean;
  readonly error: Error | null;
  readonly retry: () => void;
  /** Asks for so many older bars, unless that is under way or was fruitless a moment ago. */
  readonly wantOlder: (count?: number) => void;
  readonly isReadingOlder: boolean;
  /** The last time that older bars were asked for there were none. */
  readonly isAtStart: boolean;
  readonly olderError: Error | null;
  readonly retryOlder: () => void;
}

function useSeriesKeeper(symbol: MarketSymbol, timeframe: Timeframe): SeriesKeeper {
  const client = useQueryClient();
  const api = useApis().market;
  return useMemo(() => {
    const outside = { client, api, nowMs: wallMs };
    return new SeriesKeeper(outside, symbol, timeframe);
  }, [client, api, symbol, timeframe]);
}

function useOpenBar(symbol: MarketSymbol, timeframe: Timeframe): Bar | null {
  return useLive(({ openBar }) => {
    const isHere = openBar?.room.symbol === symbol && openBar.room.timeframe === timeframe;
    return isHere ? openBar.bar : null;
  });
}

/** The bars of one market and timeframe: history as far as it was read, kept current and whole. */
export function useCandles(symbol: MarketSymbol, timeframe: Timeframe): Candles {
  const keeper = useSeriesKeeper(symbol, timeframe);
  const query = useQuery({
    queryKey: keeper.queryKey,
    queryFn: ({ signal }) => keeper.readNewest(signal),
    refetchInterval: ({ state }) => (state.data?.bars.length === 0 ? ASK_WHILE_EMPTY_MS : false),
  });
  const older = useMutation({
    mutationKey: keeper.queryKey,
    mutationFn: (count: number) => keeper.readOlder(count),
  });
  const open = useOpenBar(symbol, timeframe);
  useHealing(keeper);
  useEffect(() => {
    if (open) keeper.noticeHole(open);
  }, [keeper, open]);
  const series = query.data;
  const bars = useMemo(() => series && drawnBars(series, open), [series, open]);
  return {
    bars,
    closed: series?.bars ?? NO_BARS,
    isEmpty: series?.bars.length === 0,
    error: series ? null : query.error,
    retry: () => void query.refetch(),
    wantOlder: (count = OLDER_PAGE) => {
      if (keeper.wantsOlder) older.mutate(Math.min(Math.max(count, OLDER_PAGE), LONGEST_PAGE));
    },
    isReadingOlder: older.isPending,
    isAtStart: older.data === 0,
    olderError: older.error,
    retryOlder: () => older.mutate(OLDER_PAGE),
  };
}
