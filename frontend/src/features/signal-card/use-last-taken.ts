import { useQuery } from "@tanstack/react-query";
import { useApis } from "@/shared/api/apis";
import { useSignals } from "@/shared/signals/use-signals";
import type { TradeSignal } from "@/shared/signals/signal";
import { signalKeys } from "@/shared/signals/signal-keys";
import { lastTaken } from "./last-taken";

/** The BUY or SELL before a decision; null where there was none, undefined while nobody knows. */
export function useLastTaken(decision: TradeSignal): TradeSignal | null | undefined {
  const { symbol, timeframe } = decision;
  const api = useApis().signals;
  const { signals = [] } = useSignals(symbol, timeframe);
  const listed = lastTaken(decision, signals);
  const { data } = useQuery({
    queryKey: signalKeys.lastTaken(symbol, timeframe),
    queryFn: async ({ signal }) => {
      const newest = (signalType: "BUY" | "SELL") =>
        api.history(symbol, timeframe, { limit: 1, signalType }, signal);
      const pages = await Promise.all([newest("BUY"), newest("SELL")]);
      return pages.flatMap((page) => page.signals);
    },
    enabled: listed === undefined,
  });
  if (listed) return listed;
  return data && (lastTaken(decision, data) ?? null);
}
