import { urlSymbol, type MarketSymbol } from "@/shared/market/symbol";
import type { Timeframe } from "@/shared/market/timeframe";

/** "ETH-USDT 15m 2024-08-05 06.45 UTC.png", by the newest bar in the picture. */
export function pictureName(symbol: MarketSymbol, timeframe: Timeframe, atMs: number): string {
  const [day, time] = new Date(atMs).toISOString().split("T");
  return `${urlSymbol(symbol)} ${timeframe} ${day} ${time?.slice(0, 5).replace(":", ".")} UTC.png`;
}
