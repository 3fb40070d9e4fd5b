import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useLiveSession } from "@/shared/live/live-context";
import { compactSymbol, type MarketSymbol } from "@/shared/market/symbol";
import { TIMEFRAMES, type Timeframe } from "@/shared/market/timeframe";
import type { TradeSignal } from "@/shared/signals/signal";
import { DECIDED_WITHIN_MS, isDue, newestClosedMs } from "./freshness";
import { latestKey } from "./latest-decisions";

/** Asks for a timeframe's decision when one of its bars has closed, by the market's own clock. */
export function useRefreshOnClose(symbol: MarketSymbol): void {
  const session = useLiveSession();
  const client = useQueryClient();
  useEffect(() => {
    const asked = new Map<Timeframe, number>();
    const waiting = new Map<Timeframe, ReturnType<typeof setTimeout>>();
    const closedNow = (timeframe: Timeframe) => {
      const { price } = session.store.getState();
      if (price?.symbol !== compactSymbol(symbol)) return null;
      return newestClosedMs(price.timestamp, timeframe);
    };
    const ask = (timeframe: Timeframe) => {
      waiting.delete(timeframe);
      const closedMs = closedNow(timeframe);
      const known = client.getQueryData<TradeSignal | null>(latestKey(symbol, timeframe));
      if (closedMs === null || !isDue(closedMs, known?.openMs, asked.get(timeframe))) return;
      asked.set(timeframe, closedMs);
      void client.invalidateQueries({ queryKey: latestKey(symbol, timeframe) });
    };
    const look = (timeframe: Timeframe) => {
      const closedMs = closedNow(timeframe);
      if (closedMs === null || waiting.has(timeframe)) return;
      const known = client.getQueryData<TradeSignal | null>(latestKey(symbol, timeframe));
      // While the first answer is on its way it may be the newest already.
      if (known === undefined || !isDue(closedMs, known?.openMs, asked.get(timeframe))) return;
      waiting.set(
        timeframe,
        setTimeout(() => ask(timeframe), DECIDED_WITHIN_MS),
      );
    };
    const forget = session.store.subscribe((now, before) => {
      if (now.price !== before.price) TIMEFRAMES.forEach(look);
    });
    return () => {
      forget();
      for (const timer of waiting.values()) clearTimeout(timer);
    };
  }, [session, client, symbol]);
}
