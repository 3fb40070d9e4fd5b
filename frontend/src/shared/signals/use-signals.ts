import {
  useInfiniteQuery,
  useQueryClient,
  type QueryClient,
  type UseInfiniteQueryResult,
} from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { useApis } from "@/shared/api/apis";
import { useLiveSession } from "@/shared/live/live-context";
import { useReadAgain } from "@/shared/live/use-read-again";
import type { MarketSymbol } from "@/shared/market/symbol";
import type { Timeframe } from "@/shared/market/timeframe";
import type { TradeSignal } from "./signal";
import { signalKeys } from "./signal-keys";
import { withSignal, type SignalPages } from "./signal-pages";

/** Which signals: every decision, HOLD included, or those of one side. */
export type SignalKind = "all" | "BUY" | "SELL";

const PAGE = 50;
/** The newest page grows with every decision: at so many it is read anew, and begins as a page again. */
const LONGEST_PAGE = 200;

export interface Signals {
  /** Newest first; undefined while the first page is on its way. */
  readonly signals: readonly TradeSignal[] | undefined;
  readonly error: Error | null;
  readonly retry: () => void;
  readonly hasMore: boolean;
  readonly readMore: () => void;
  readonly isReadingMore: boolean;
}

/** The signals of a market and timeframe, kept current by `useLiveSignals`. */
export function useSignals(
  symbol: MarketSymbol,
  timeframe: Timeframe,
  kind: SignalKind = "all",
): Signals {
  const api = useApis().signals;
  const query = useInfiniteQuery({
    queryKey: signalKeys.list(symbol, timeframe, kind),
    queryFn: ({ signal, pageParam }) => {
      const filter = {
        limit: PAGE,
        ...(kind !== "all" && { signalType: kind }),
        ...(pageParam !== null && { cursor: pageParam }),
      };
      return api.history(symbol, timeframe, filter, signal);
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  });
  return useMemo(() => signalsOf(query), [query]);
}

function signalsOf(query: UseInfiniteQueryResult<SignalPages>): Signals {
  return {
    signals: query.data?.pages.flatMap((page) => page.signals),
    error: query.data ? null : query.error,
    retry: () => void query.refetch(),
    hasMore: query.hasNextPage,
    readMore: () => {
      if (!query.isFetchingNextPage) void query.fetchNextPage();
    },
    isReadingMore: query.isFetchingNextPage,
  };
}

function isAnyLong(client: QueryClient): boolean {
  const active = { queryKey: signalKeys.everyList, type: "active" } as const;
  const lists = client.getQueriesData<SignalPages>(active);
  return lists.some(([, list]) => (list?.pages[0]?.signals.length ?? 0) > LONGEST_PAGE);
}

/** Takes the followed room's signals into what was read; mounted once, where the room is followed. */
export function useLiveSignals(): void {
  const session = useLiveSession();
  const client = useQueryClient();
  const readAgain = useReadAgain(signalKeys.everything);
  useEffect(
    () =>
      session.onSignal(({ signal }) => {
        for (const kind of ["all", signal.type] as const) {
          client.setQueryData<SignalPages>(
            signalKeys.list(signal.symbol, signal.timeframe, kind),
            (list) => list && withSignal(list, signal),
          );
        }
        // An answer that is on its way may be older than this signal, and would take its place.
        const isOnItsWay = client.isFetching({ queryKey: signalKeys.everything }) > 0;
        if (isAnyLong(client) || isOnItsWay) void readAgain();
      }),
    [session, client, readAgain],
  );
}
