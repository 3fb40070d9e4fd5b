import { useCallback, useMemo } from "react";
import type { RecentPatterns } from "@/shared/api/patterns-api";
import { useApis } from "@/shared/api/apis";
import type { Bar } from "@/shared/market/bar";
import type { MarketSymbol } from "@/shared/market/symbol";
import { barMs, type Timeframe } from "@/shared/market/timeframe";
import type { Stretch, StretchRead } from "./stretches";
import { useStretches } from "./use-stretches";

export type Pattern = RecentPatterns["patterns"][number];

interface PatternStretch extends StretchRead {
  readonly patterns: readonly Pattern[];
}

/** The candlestick patterns at the closed bars, in the order of the bars. */
export function usePatterns(
  symbol: MarketSymbol,
  timeframe: Timeframe,
  closed: readonly Bar[],
): readonly Pattern[] {
  const api = useApis().patterns;
  const newestMs = closed.at(-1)?.openMs;
  const read = useCallback(
    async (stretch: Stretch, _known: PatternStretch | undefined, signal: AbortSignal) => {
      const found = await api.recent({ symbol, timeframe, ...stretch }, signal);
      const closedUntilMs = newestMs === undefined ? stretch.sinceMs : newestMs + barMs(timeframe);
      return {
        ...stretch,
        readUntilMs: Math.min(stretch.untilMs, closedUntilMs),
        missingFromMs: found.missing[0]?.[0] ?? null,
        patterns: found.patterns,
      };
    },
    [api, symbol, timeframe, newestMs],
  );
  const { reads } = useStretches({ name: "patterns", symbol, timeframe, closed, read });
  return useMemo(
    () =>
      reads
        .flatMap(({ patterns }) => patterns)
        .toSorted((one, other) => one.timestamp - other.timestamp),
    [reads],
  );
}
