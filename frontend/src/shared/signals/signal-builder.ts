import { readSignal, type RawSignal, type TradeSignal } from "./signal";

const EVIDENCE = [
  { family: "trend", value: -0.93, weight: 0.25, points: -0.2325, sentence: "EMA 9 is below." },
  { family: "momentum", value: -1, weight: 0.25, points: -0.25, sentence: "RSI 27.3 is below 50." },
  { family: "volatility", value: 0.3, weight: 0.1, points: 0.03, sentence: "Near the band." },
  { family: "patterns", value: 0, weight: 0.15, points: 0, sentence: "No pattern." },
  { family: "ml", value: 0, weight: 0.2, points: 0, sentence: "No edge." },
  { family: "volume", value: 0.64, weight: 0.05, points: 0.032, sentence: "Weakens." },
];

/** For tests: a SELL of the crash of August 2024 as the platform sends it, with changes. */
export function rawSignal(changes: Partial<RawSignal> = {}): RawSignal {
  return {
    id: "92028d94-8e99-5792-b531-7e9b61243b6a",
    symbol: "ETHUSDT",
    timeframe: "1h",
    signalType: "SELL",
    status: "active",
    origin: "live",
    timestamp: 1_722_805_200_000,
    createdAt: "2024-08-04T22:00:01Z",
    closedAt: null,
    confidence: 42.05,
    calibrated: false,
    confidenceMapId: null,
    score: EVIDENCE.reduce((sum, { points }) => sum + points, 0),
    threshold: 0.4,
    entryPrice: "2730.48",
    entryZoneMin: "2716.83",
    entryZoneMax: "2744.13",
    stopLoss: "2791.78",
    takeProfit1: "2648.74",
    takeProfit2: "2607.87",
    takeProfit3: "2567.00",
    riskRewardRatio: 1.33,
    riskRewardNet: 1.14,
    riskRewardWorst: 0.9,
    zoneNarrowed: false,
    exitPrice: null,
    profitLossPercent: null,
    outcome: null,
    modelId: null,
    engineVersion: "716c70326d5d",
    continues: null,
    degraded: [],
    reasoning: {
      indicators: { rsi: 27.3, atr: 40.87 },
      patterns: [],
      mlPrediction: null,
      volumeAnalysis: null,
      evidence: EVIDENCE,
      score: -0.4205,
      threshold: 0.4,
      summary: "Trend and momentum decided.",
    },
    ...changes,
  } as RawSignal;
}

export function tradeSignal(changes: Partial<RawSignal> = {}): TradeSignal {
  return readSignal(rawSignal(changes));
}
