import { barMs, type Timeframe } from "@/shared/market/timeframe";
import { numberOf, type FrozenSignal } from "@/shared/signals/signal";

/** When a signal that runs is left at the latest, event time; null where it is not followed. */
export function horizonEndMs({ details }: Pick<FrozenSignal, "details">): number | null {
  const position = details.progress?.["position"] as Readonly<Record<string, unknown>> | undefined;
  return numberOf(position?.["horizon_end_ms"]);
}

/** How many bars still close until then, the open one included; never below zero. */
export function barsLeft(endMs: number, nowMs: number, timeframe: Timeframe): number {
  const opened = Math.floor(nowMs / barMs(timeframe));
  return Math.max(0, Math.ceil(endMs / barMs(timeframe)) - opened);
}
