/** For tests: events of the room ETH/USDT_15m as the server pushes them. */

/** The open of the first bar. */
export const OPEN_MS = 1_722_807_000_000;
export const EPOCH = "6b4f5a0e-6f0e-4f6e-9d43-8f1f6a3f9b11";

export function candle(openMs: number, close: number, closed: boolean, timeframe = "15m") {
  return { symbol: "ETHUSDT", timeframe, candle: [openMs, 1, 9, 1, close, 5], closed };
}

export function indicators(openMs: number) {
  return { symbol: "ETHUSDT", timeframe: "15m", timestamp: openMs, indicators: { rsi: "45.6" } };
}

/** At its place in the log. */
export function numbered(seq: number, payload: object) {
  return { epoch: EPOCH, seq, ...payload };
}
