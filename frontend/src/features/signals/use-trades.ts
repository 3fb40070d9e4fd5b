import { useMemo } from "react";
import type { MarketSymbol } from "@/shared/market/symbol";
import type { Timeframe } from "@/shared/market/timeframe";
import { useSignals, type Signals } from "@/shared/signals/use-signals";
import { inOneList } from "./merged-sides";

/** BUY and SELL alone, newest first: HOLDs are most of what is decided. */
export function useTrades(symbol: MarketSymbol, timeframe: Timeframe): Signals {
  const buys = useSignals(symbol, timeframe, "BUY");
  const sells = useSignals(symbol, timeframe, "SELL");
  return useMemo(() => inOneList([buys, sells]), [buys, sells]);
}
