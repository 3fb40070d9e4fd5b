import type { MarketSymbol } from "@/shared/market/symbol";
import type { Timeframe } from "@/shared/market/timeframe";

const EVERYTHING = ["signals"] as const;
const EVERY_LIST = [...EVERYTHING, "lists"] as const;

/** Under which keys is kept what was read of signals: what lies under `everyList` is `SignalPages`. */
export const signalKeys = {
  everything: EVERYTHING,
  everyList: EVERY_LIST,
  list: (symbol: MarketSymbol, timeframe: Timeframe, kind: string) =>
    [...EVERY_LIST, symbol, timeframe, kind] as const,
  history: (symbol: MarketSymbol, timeframe: Timeframe, filter: object | null) =>
    [...EVERY_LIST, symbol, timeframe, "history", filter] as const,
  lastTaken: (symbol: MarketSymbol, timeframe: Timeframe) =>
    [...EVERYTHING, "last-taken", symbol, timeframe] as const,
  /** `newest` is the id of the newest decision: with another one they are counted again. */
  counts: (symbol: MarketSymbol, timeframe: Timeframe, newest: string | undefined) =>
    [...EVERYTHING, "counts", symbol, timeframe, newest] as const,
};
