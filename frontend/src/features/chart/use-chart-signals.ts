import { useEffect, useMemo } from "react";
import type { Bar } from "@/shared/market/bar";
import type { MarketSymbol } from "@/shared/market/symbol";
import type { Timeframe } from "@/shared/market/timeframe";
import type { TradeSignal } from "@/shared/signals/signal";
import { useSignals, type Signals } from "@/shared/signals/use-signals";

/** The BUY and SELL signals as far back as the bars reach, ascending. */
export function useChartSignals(
  symbol: MarketSymbol,
  timeframe: Timeframe,
  closed: readonly Bar[],
): readonly TradeSignal[] {
  const buys = useSignals(symbol, timeframe, "BUY");
  const sells = useSignals(symbol, timeframe, "SELL");
  const sinceMs = closed[0]?.openMs ?? Infinity;
  useReadBackTo(sinceMs, buys);
  useReadBackTo(sinceMs, sells);
  return useMemo(
    () =>
      [...(buys.signals ?? []), ...(sells.signals ?? [])].sort(
        (one, other) => one.openMs - other.openMs,
      ),
    [buys.signals, sells.signals],
  );
}

/** Asks for the next page once for each that came, so that one that fails is not asked for ever. */
function useReadBackTo(sinceMs: number, { signals, hasMore, readMore }: Signals): void {
  const oldestMs = signals?.at(-1)?.openMs;
  const isShort = hasMore && oldestMs !== undefined && oldestMs > sinceMs;
  useEffect(() => {
    if (isShort) readMore();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- readMore is new at every answer.
  }, [isShort, oldestMs, sinceMs]);
}
