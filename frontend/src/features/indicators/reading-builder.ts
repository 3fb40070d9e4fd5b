import type { IndicatorReading } from "@/shared/api/analysis-api";

/** For tests: the readings of a bar in the crash of August 2024, with changes. */
export function indicatorReading(
  changes: Partial<IndicatorReading["indicators"]> = {},
): IndicatorReading {
  return {
    symbol: "ETHUSDT",
    timeframe: "1h",
    indicators: {
      id: "7a080099-ef6a-5cc9-9d8c-934fda05e13a",
      symbol: "ETHUSDT",
      timeframe: "1h",
      timestamp: 1_722_823_200_000,
      rsi: "12.2",
      macd: "-122.3",
      macdSignal: "-75.03",
      macdHistogram: "-47.27",
      ema9: "2571.24",
      ema21: "2708.49",
      ema50: "2843.25",
      ema200: "3087.47",
      vwap: "2354.70",
      atr: "82.61",
      bollingerUpper: "3108.98",
      bollingerMiddle: "2757.04",
      bollingerLower: "2405.11",
      createdAt: "2024-08-05T03:00:01Z",
      ...changes,
    },
    analysis: {
      signal: "bearish",
      strength: 50,
      details: {
        rsi: { value: 12.2, signal: "bullish" },
        macd: { value: -122.3, signalLine: -75.03, histogram: -47.27, signal: "bearish" },
        ema: { ema9: 2571.24, ema21: 2708.49, ema50: 2843.25, ema200: 3087.47, signal: "bearish" },
        bollinger: {
          upper: 3108.98,
          middle: 2757.04,
          lower: 2405.11,
          position: -0.1,
          signal: "bullish",
        },
      },
    },
  };
}
