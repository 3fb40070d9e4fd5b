import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { useApis } from "@/shared/api/apis";
import { useLiveSession } from "@/shared/live/live-context";
import type { MarketSymbol } from "@/shared/market/symbol";
import type { Timeframe } from "@/shared/market/timeframe";
import { signalKeys } from "@/shared/signals/signal-keys";
import type { SignalPages } from "@/shared/signals/signal-pages";
import type { Signals } from "@/shared/signals/use-signals";
import { askedFilter, listsOf, type HistoryFilter, type ListFilter } from "./history-filter";
import { afterNews } from "./history-pages";
import { inOneList } from "./merged-sides";

const PAGE = 100;

/** Every decision that the filter lets through, newest first, kept current. */
export function useSignalHistory(
  symbol: MarketSymbol,
  timeframe: Timeframe,
  filter: HistoryFilter,
): Signals {
  const [first, second] = useMemo(() => listsOf(filter), [filter]);
  const lists = [useList(symbol, timeframe, first), useList(symbol, timeframe, second)];
  return inOneList(second ? lists : lists.slice(0, 1));
}

/** One list of the platform; without a filter it is not asked for. */
function useList(symbol: MarketSymbol, timeframe: Timeframe, filter?: ListFilter): Signals {
  const api = useApis().signals;
  const queryKey = useMemo(
    () => signalKeys.history(symbol, timeframe, filter ?? null),
    [symbol, timeframe, filter],
  );
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ signal, pageParam }) => {
      const cursor = pageParam === null ? {} : { cursor: pageParam };
      const asked = { ...(filter && askedFilter(filter)), ...cursor, limit: PAGE };
      return api.history(symbol, timeframe, asked, signal);
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    enabled: filter !== undefined,
  });
  useNews(queryKey, filter);
  return {
    signals: query.data?.pages.flatMap(({ signals }) => signals),
    error: query.data ? null : query.error,
    retry: () => void query.refetch(),
    hasMore: query.hasNextPage,
    readMore: () => {
      if (!query.isFetchingNextPage) void query.fetchNextPage();
    },
    isReadingMore: query.isFetchingNextPage,
  };
}

function useNews(queryKey: readonly unknown[], filter: ListFilter | undefined): void {
  const session = useLiveSession();
  const client = useQueryClient();
  useEffect(
    () =>
      session.onSignal(({ signal }) => {
        if (!filter) return;
        client.setQueryData<SignalPages>(
          queryKey,
          (list) => list && afterNews(list, signal, filter),
        );
      }),
    [session, client, queryKey, filter],
  );
}
