import { barMs } from "@/shared/market/timeframe";
import { sideOf, type Levels, type TradeSignal } from "@/shared/signals/signal";

/** The prices that a signal named, over the time in which they meant anything. */
export interface RiskPlan {
  readonly id: string;
  /** +1 for BUY, −1 for SELL. */
  readonly side: 1 | -1;
  readonly levels: Levels;
  /** The close of the decided bar, event time. */
  readonly fromMs: number;
  /** When it was left; null while it runs. */
  readonly untilMs: number | null;
}

/** Null for what names no prices, as a HOLD does. */
export function riskPlanOf(signal: TradeSignal | null | undefined): RiskPlan | null {
  const side = signal ? sideOf(signal) : 0;
  if (!signal?.levels || side === 0) return null;
  const closedMs = Date.parse(signal.raw.closedAt ?? "");
  return {
    id: signal.id,
    side,
    levels: signal.levels,
    fromMs: signal.openMs + barMs(signal.timeframe),
    untilMs: Number.isNaN(closedMs) ? null : closedMs,
  };
}
