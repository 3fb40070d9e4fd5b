import type { IndicatorId } from "@/shared/market/indicators";

const NAMES: Readonly<Record<IndicatorId, string>> = {
  ema9: "EMA 9",
  ema21: "EMA 21",
  ema50: "EMA 50",
  ema200: "EMA 200",
  bollinger: "Bollinger 20, 2",
  vwap: "VWAP, UTC day",
  volume: "Volume",
  patterns: "Candlestick patterns",
  signals: "BUY and SELL signals",
  risk: "Entry, stop and targets",
  rsi: "RSI 14",
  macd: "MACD 12, 26, 9",
};

/** In the chart's legend. */
const SHORT: Readonly<Partial<Record<IndicatorId, string>>> = {
  bollinger: "BB",
  vwap: "VWAP",
  volume: "Vol",
  macd: "MACD",
};

const COLUMNS: Readonly<Record<string, string>> = {
  ema9: "EMA 9",
  ema21: "EMA 21",
  ema50: "EMA 50",
  ema200: "EMA 200",
  bollingerUpper: "Upper band",
  bollingerMiddle: "Middle band",
  bollingerLower: "Lower band",
  vwap: "VWAP",
  rsi: "RSI",
  macd: "MACD",
  macdSignal: "Signal line",
  macdHistogram: "Histogram",
};

const DIRECTIONS: Readonly<Record<string, string>> = {
  bullish: "▲ bullish",
  bearish: "▼ bearish",
  neutral: "■ neutral",
};

export const indicators = {
  open: "Indicators",
  title: "On the chart",
  groups: { price: "Over the price", pane: "In a pane of their own" },
  name: (id: IndicatorId) => NAMES[id],
  short: (id: IndicatorId) => SHORT[id] ?? NAMES[id],
  /** A line of an indicator that has several. */
  column: (column: string) => COLUMNS[column] ?? column,
  hide: (id: IndicatorId) => `Hide ${NAMES[id]}`,
  unhide: (id: IndicatorId) => `Show ${NAMES[id]}`,
  /** What a newer server may say is shown as it came. */
  direction: (direction: string) => DIRECTIONS[direction] ?? direction,
  strength: (strength: string) => `strength ${strength} of 100`,
  inBand: (position: string) => `%B ${position}`,
  together: "Together",
  averages: "Averages",
  closedAt: (at: string) => `Bar closed ${at}`,
  failed: "The readings could not be loaded.",
  linesFailed: "Indicators could not be loaded.",
} as const;
