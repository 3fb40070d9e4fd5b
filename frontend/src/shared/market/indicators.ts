/** What can be drawn on the chart beside its candles, in the order in which it is listed. */
export const INDICATORS = [
  { id: "ema9", place: "price", isDefault: true },
  { id: "ema21", place: "price", isDefault: true },
  { id: "ema50", place: "price", isDefault: true },
  { id: "ema200", place: "price", isDefault: true },
  { id: "bollinger", place: "price", isDefault: false },
  { id: "vwap", place: "price", isDefault: false },
  { id: "volume", place: "price", isDefault: true },
  { id: "patterns", place: "price", isDefault: true },
  { id: "signals", place: "price", isDefault: true },
  { id: "risk", place: "price", isDefault: true },
  { id: "rsi", place: "pane", isDefault: true },
  { id: "macd", place: "pane", isDefault: true },
] as const;

export type IndicatorId = (typeof INDICATORS)[number]["id"];

export function isIndicator(value: unknown): value is IndicatorId {
  return INDICATORS.some(({ id }) => id === value);
}
