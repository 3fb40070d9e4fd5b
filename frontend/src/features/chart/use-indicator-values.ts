import { useCallback, useMemo } from "react";
import { useApis } from "@/shared/api/apis";
import type { Bar } from "@/shared/market/bar";
import type { MarketSymbol } from "@/shared/market/symbol";
import type { Timeframe } from "@/shared/market/timeframe";
import {
  allValues,
  withPage,
  type IndicatorStretch,
  type IndicatorValues,
} from "./indicator-values";
import { resumesAtMs, type Stretch } from "./stretches";
import { useStretches } from "./use-stretches";

export interface IndicatorsRead {
  readonly values: IndicatorValues;
  readonly error: Error | null;
  readonly retry: () => void;
}

/** The indicators of the closed bars, read where the bars have been read. */
export function useIndicatorValues(
  symbol: MarketSymbol,
  timeframe: Timeframe,
  closed: readonly Bar[],
): IndicatorsRead {
  const { analysis } = useApis();
  const read = useCallback(
    async (stretch: Stretch, known: IndicatorStretch | undefined, signal: AbortSignal) => {
      const sinceMs = resumesAtMs(stretch, known);
      if (known && sinceMs >= stretch.untilMs) return known;
      const range = { symbol, timeframe, sinceMs, untilMs: stretch.untilMs };
      return withPage(stretch, known, await analysis.history(range, signal));
    },
    [analysis, symbol, timeframe],
  );
  const { reads, error, retry } = useStretches({
    name: "indicators",
    symbol,
    timeframe,
    closed,
    read,
  });
  const values = useMemo(() => allValues(reads), [reads]);
  return { values, error, retry };
}
