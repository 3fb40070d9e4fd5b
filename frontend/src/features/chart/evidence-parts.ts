import type { IndicatorId } from "@/shared/market/indicators";

/** Which parts of the chart a family of evidence is read from. */
const PARTS: Readonly<Record<string, readonly IndicatorId[]>> = {
  trend: ["ema9", "ema21", "ema50", "ema200", "vwap"],
  momentum: ["rsi", "macd"],
  volatility: ["bollinger"],
  volume: ["volume"],
  patterns: ["patterns"],
};

/** How a part stands out while a family of evidence is pointed at. */
export type Emphasis = "plain" | "lit" | "dim";

/** All is plain while nothing is pointed at, or nothing of the family is drawn. */
export function emphasisOf(
  id: IndicatorId,
  family: string | null,
  drawn: readonly IndicatorId[],
): Emphasis {
  const lit = family === null || !Object.hasOwn(PARTS, family) ? [] : (PARTS[family] ?? []);
  if (!lit.some((part) => drawn.includes(part))) return "plain";
  return lit.includes(id) ? "lit" : "dim";
}
