import { useQueries, useQueryClient, type Query, type UseQueryResult } from "@tanstack/react-query";
import { useEffect } from "react";
import { useLiveSession } from "@/shared/live/live-context";
import type { Bar } from "@/shared/market/bar";
import type { MarketSymbol } from "@/shared/market/symbol";
import { barMs, type Timeframe } from "@/shared/market/timeframe";
import { isBehind, stretchesOf, type Stretch, type StretchRead } from "./stretches";

/** A bar's figures may come a moment after the bar. */
const ASK_AGAIN_MS = 2_000;
const ASK_AGAIN_AFTER_ERROR_MS = 15_000;

interface StretchesAsked<Read extends StretchRead> {
  /** What is read; part of the cache's key. */
  readonly name: string;
  readonly symbol: MarketSymbol;
  readonly timeframe: Timeframe;
  /** The closed bars whose figures are wanted; none asks for nothing. */
  readonly closed: readonly Bar[];
  /** Reads what `known` lacks and answers both. Rejects with ApiError. */
  readonly read: (stretch: Stretch, known: Read | undefined, signal: AbortSignal) => Promise<Read>;
}

export interface Stretches<Read> {
  /** Those that have been read, ascending. */
  readonly reads: readonly Read[];
  readonly error: Error | null;
}

function together<Read>(results: UseQueryResult<Read>[]): Stretches<Read> {
  return {
    reads: results.map(({ data }) => data).filter((data) => data !== undefined),
    error: results.find(({ error }) => error)?.error ?? null,
  };
}

function readOf(query: Query): StretchRead | undefined {
  return query.state.data as StretchRead | undefined;
}

/** What belongs to the bars, in stretches that are read once and the newest as bars close. */
export function useStretches<Read extends StretchRead>(
  asked: StretchesAsked<Read>,
): Stretches<Read> & { readonly retry: () => void } {
  const { name, symbol, timeframe, closed, read } = asked;
  const client = useQueryClient();
  const session = useLiveSession();
  const closedUntilMs = (closed.at(-1)?.openMs ?? -Infinity) + barMs(timeframe);
  const found = useQueries({
    queries: stretchesOf(timeframe, closed).map((stretch) => {
      const queryKey = [name, symbol, timeframe, stretch.sinceMs];
      return {
        queryKey,
        queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
          read(stretch, client.getQueryData<Read>(queryKey), signal),
        refetchInterval: ({ state }: Query<Read>) => {
          if (!state.data || !isBehind(state.data, closedUntilMs)) return false;
          return state.error ? ASK_AGAIN_AFTER_ERROR_MS : ASK_AGAIN_MS;
        },
      };
    }),
    combine: together<Read>,
  });

  useEffect(() => {
    void client.refetchQueries(
      {
        queryKey: [name, symbol, timeframe],
        type: "active",
        predicate: (query) => {
          const known = readOf(query);
          return known !== undefined && isBehind(known, closedUntilMs);
        },
      },
      { cancelRefetch: false },
    );
  }, [client, name, symbol, timeframe, closedUntilMs]);

  useEffect(
    () =>
      session.onMissed(() => {
        const predicate = (query: Query) => readOf(query)?.missingFromMs !== null;
        const queryKey = [name, symbol, timeframe];
        void client.refetchQueries({ queryKey, type: "active", predicate });
      }),
    [session, client, name, symbol, timeframe],
  );

  const retry = () => {
    const predicate = (query: Query) => query.state.status === "error";
    void client.refetchQueries({ queryKey: [name, symbol, timeframe], predicate });
  };
  return { ...found, retry };
}
