import type { TradeSignal } from "@/shared/signals/signal";
import { withSignal, type SignalPages } from "@/shared/signals/signal-pages";
import { matches, type ListFilter } from "./history-filter";

/** The pages after news of a signal: with its new state, and without it where it no longer matches. */
export function afterNews(list: SignalPages, signal: TradeSignal, filter: ListFilter): SignalPages {
  if (matches(signal, filter)) return isInReach(list, signal) ? withSignal(list, signal) : list;
  const pages = list.pages.map((page) => {
    return { ...page, signals: page.signals.filter(({ id }) => id !== signal.id) };
  });
  return { ...list, pages };
}

/** Whether reading on would not bring it anyway, at its place. */
function isInReach({ pages }: SignalPages, { openMs }: TradeSignal): boolean {
  const last = pages.at(-1);
  const oldest = last?.signals.at(-1);
  return last?.nextCursor == null || oldest === undefined || openMs >= oldest.openMs;
}
