import { text } from "@/shared/text";
import type { RiskPlan } from "./signal-life";

export interface RiskLevel {
  readonly kind: "entry" | "stop" | "target";
  readonly price: number;
  /** Short, for it is written among candles: the card says the prices. */
  readonly label: string;
}

const NAMES = text.chart.risk;

/** What is drawn of a plan beside its entry zone. */
export function riskLevelsOf({ levels }: RiskPlan): readonly RiskLevel[] {
  return [
    { kind: "entry", price: levels.entry, label: NAMES.entry },
    { kind: "stop", price: levels.stop, label: NAMES.stop },
    ...levels.targets.map(
      (price, index) => ({ kind: "target", price, label: NAMES.target(index + 1) }) as const,
    ),
  ];
}

/** The lowest and the highest price of a plan, for a scale that shows all of it. */
export function riskSpan({ levels }: RiskPlan): { readonly low: number; readonly high: number } {
  const prices = [levels.zoneMin, levels.zoneMax, levels.stop, ...levels.targets];
  return { low: Math.min(...prices), high: Math.max(...prices) };
}

/** The heights at which labels are written so that none covers another: each where it is or lower. */
export function spreadHeights(heights: readonly number[], gap: number): readonly number[] {
  const order = heights.map((_, index) => index).sort((a, b) => at(heights, a) - at(heights, b));
  const spread = [...heights];
  for (const [place, index] of order.entries()) {
    const above = order[place - 1];
    const lowest = above === undefined ? -Infinity : at(spread, above) + gap;
    spread[index] = Math.max(at(heights, index), lowest);
  }
  return spread;
}

function at(heights: readonly number[], index: number): number {
  return heights[index] ?? 0;
}
