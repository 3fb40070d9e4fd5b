import { useQuery } from "@tanstack/react-query";
import type { PriceTick } from "@/shared/api/contract";
import { useApis } from "@/shared/api/apis";
import { useLive } from "@/shared/live/live-context";
import { usePaced } from "@/shared/live/use-paced";
import { compactSymbol, type MarketSymbol } from "@/shared/market/symbol";
import { latestPrice } from "./latest-price";

/** Pushes may lack the day's figures, and a socket may be refused: the price is also read. */
const READ_EVERY_MS = 15_000;

/** The latest price, at a pace that can be read; null before the first. */
export function usePrice(symbol: MarketSymbol): PriceTick | null {
  const api = useApis().market;
  const { data: read } = useQuery({
    queryKey: ["price", symbol],
    queryFn: ({ signal }) => api.price(symbol, signal),
    refetchInterval: READ_EVERY_MS,
  });
  const pushed = usePaced(useLive((state) => state.price));
  const ofThisMarket = pushed?.symbol === compactSymbol(symbol) ? pushed : null;
  return latestPrice(read, ofThisMarket);
}
