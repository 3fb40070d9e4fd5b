import type { SignalFilter } from "@/shared/api/signals-api";
import type { TradeSignal } from "@/shared/signals/signal";

/** BUY and SELL together, every decision, or one side. */
export const SIDES = ["trades", "BUY", "SELL", "HOLD", "all"] as const;
export const STATUSES = ["active", "closed", "expired"] as const;
export const ORIGINS = ["live", "late", "historical"] as const;

type Status = (typeof STATUSES)[number];
type Origin = (typeof ORIGINS)[number];

/** Which signals of the history are listed; null: whatever it is. */
export interface HistoryFilter {
  readonly side: (typeof SIDES)[number];
  readonly status: Status | null;
  readonly origin: Origin | null;
}

/** HOLDs are most of what is decided, so they are shown on demand. */
export const NO_FILTER: HistoryFilter = { side: "trades", status: null, origin: null };

/** Whether anything but the usual is left out. */
export function isNarrowed({ side, status, origin }: HistoryFilter): boolean {
  return side !== NO_FILTER.side || status !== null || origin !== null;
}

function chosen<T extends string>(value: string | null, choices: readonly T[]): T | null {
  return choices.find((choice) => choice === value) ?? null;
}

/** From the URL; what it does not say, or says wrongly, is not filtered by. */
export function readFilter(search: string): HistoryFilter {
  const params = new URLSearchParams(search);
  return {
    side: chosen(params.get("side"), SIDES) ?? NO_FILTER.side,
    status: chosen(params.get("status"), STATUSES),
    origin: chosen(params.get("origin"), ORIGINS),
  };
}

/** The same search string with the filter written into it; parameters of others stay. */
export function writeFilter(search: string, filter: HistoryFilter): string {
  const params = new URLSearchParams(search);
  const { side, status, origin } = filter;
  const values = { side: side === NO_FILTER.side ? null : side, status, origin };
  for (const [name, value] of Object.entries(values)) {
    if (value === null) params.delete(name);
    else params.set(name, value);
  }
  return `?${params.toString().replaceAll("%2C", ",")}`;
}

/** What a single list of the platform can be asked for. */
export interface ListFilter extends Omit<HistoryFilter, "side"> {
  readonly side: "BUY" | "SELL" | "HOLD" | null;
}

/** The lists that together are what is wanted. */
export function listsOf(filter: HistoryFilter): readonly ListFilter[] {
  const { side } = filter;
  if (side === "trades") return (["BUY", "SELL"] as const).map((one) => ({ ...filter, side: one }));
  return [{ ...filter, side: side === "all" ? null : side }];
}

/** As the platform is asked. */
export function askedFilter({ side, status, origin }: ListFilter): SignalFilter {
  return {
    ...(side !== null && { signalType: side }),
    ...(status !== null && { status }),
    ...(origin !== null && { origin }),
  };
}

export function matches(signal: TradeSignal, { side, status, origin }: ListFilter): boolean {
  return (
    (side === null || signal.type === side) &&
    (status === null || signal.status === status) &&
    (origin === null || signal.origin === origin)
  );
}
