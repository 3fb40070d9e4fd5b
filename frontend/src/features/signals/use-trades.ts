import { useMemo } from "react";
import type { MarketSymbol } from "@/shared/market/symbol";
import type { Timeframe } from "@/shared/market/timeframe";
import { useSignals, type Signals } from "@/shared/signals/use-signals";
import { mergedSides, sideToReadOn } from "./merged-sides";

/** BUY and SELL alone, newest first: HOLDs are most of what is decided. */
export function useTrades(symbol: MarketSymbol, timeframe: Timeframe): Signals {
  const buys = useSignals(symbol, timeframe, "BUY");
  const sells = useSignals(symbol, timeframe, "SELL");
  return useMemo(() => tradesOf([buys, sells]), [buys, sells]);
}

function tradesOf(sides: readonly Signals[]): Signals {
  const isRead = sides.every(({ signals }) => signals !== undefined);
  const next = sideToReadOn(sides);
  return {
    signals: isRead ? mergedSides(sides) : undefined,
    error: sides.find(({ error }) => error !== null)?.error ?? null,
    retry: () => sides.forEach(({ error, retry }) => error && retry()),
    hasMore: next !== undefined,
    readMore: () => next?.readMore(),
    isReadingMore: sides.some(({ isReadingMore }) => isReadingMore),
  };
}
