import { useQuery } from "@tanstack/react-query";
import { useApis } from "@/shared/api/apis";
import { useLive } from "@/shared/live/live-context";
import { compactSymbol } from "@/shared/market/symbol";
import { sideOf, type TradeSignal } from "@/shared/signals/signal";
import { text } from "@/shared/text";
import { barsLeft, horizonEndMs } from "./horizon";

/** For how long a signal still stands, in words; its state once it does not. */
export function useValidity(signal: TradeSignal): string {
  const { id, status } = signal;
  const words = text.signalView.validity;
  const isFollowed = status === "active" && sideOf(signal) !== 0 && signal.raw.continues === null;
  const api = useApis().signals;
  const { data } = useQuery({
    queryKey: ["signal", id],
    queryFn: ({ signal }) => api.byId(id, signal),
    enabled: isFollowed,
  });
  const endMs = data ? horizonEndMs(data) : null;
  const left = useBarsLeft(signal, endMs);
  if (status !== "active") return text.signal.status(status);
  if (!isFollowed) return words.untilNext;
  return left === null ? text.signal.status(status) : words.bars(left);
}

/** Changes only when a bar closes, by the clock of the market. */
function useBarsLeft({ symbol, timeframe }: TradeSignal, endMs: number | null): number | null {
  return useLive(({ price }) => {
    if (endMs === null || price?.symbol !== compactSymbol(symbol)) return null;
    return barsLeft(endMs, price.timestamp, timeframe);
  });
}
