import type { SignalFilter } from "@/shared/api/signals-api";
import type { TradeSignal } from "@/shared/signals/signal";

/** Which signals of the history are listed; null: every one. */
export interface HistoryFilter {
  readonly side: (typeof SIDES)[number] | null;
  readonly status: (typeof STATUSES)[number] | null;
  readonly origin: (typeof ORIGINS)[number] | null;
}

export const SIDES = ["BUY", "SELL", "HOLD"] as const;
export const STATUSES = ["active", "closed", "expired"] as const;
export const ORIGINS = ["live", "late", "historical"] as const;

function chosen<T extends string>(value: string | null, choices: readonly T[]): T | null {
  return choices.find((choice) => choice === value) ?? null;
}

/** From the URL; what it does not say, or says wrongly, is not filtered by. */
export function readFilter(search: string): HistoryFilter {
  const params = new URLSearchParams(search);
  return {
    side: chosen(params.get("side"), SIDES),
    status: chosen(params.get("status"), STATUSES),
    origin: chosen(params.get("origin"), ORIGINS),
  };
}

/** The same search string with the filter written into it; parameters of others stay. */
export function writeFilter(search: string, filter: HistoryFilter): string {
  const params = new URLSearchParams(search);
  for (const [name, value] of Object.entries(filter) as [string, string | null][]) {
    if (value === null) params.delete(name);
    else params.set(name, value);
  }
  return `?${params.toString().replaceAll("%2C", ",")}`;
}

/** As the platform is asked. */
export function askedFilter({ side, status, origin }: HistoryFilter): SignalFilter {
  return {
    ...(side !== null && { signalType: side }),
    ...(status !== null && { status }),
    ...(origin !== null && { origin }),
  };
}

export function matches(signal: TradeSignal, { side, status, origin }: HistoryFilter): boolean {
  return (
    (side === null || signal.type === side) &&
    (status === null || signal.status === status) &&
    (origin === null || signal.origin === origin)
  );
}
