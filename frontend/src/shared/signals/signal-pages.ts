import type { SignalPage } from "@/shared/api/signals-api";
import type { TradeSignal } from "./signal";

/** Newest first, in pages as they were read. */
export interface SignalPages {
  readonly pages: readonly SignalPage[];
  readonly pageParams: readonly unknown[];
}

/** The pages with a signal taken in: in the place of its earlier state, or as the newest. */
export function withSignal(list: SignalPages, signal: TradeSignal): SignalPages {
  const isKnown = list.pages.some(({ signals }) => signals.some(({ id }) => id === signal.id));
  const pages = list.pages.map((page, index) => {
    if (isKnown)
      return { ...page, signals: page.signals.map((one) => (one.id === signal.id ? signal : one)) };
    return index === 0 ? { ...page, signals: inOrder([signal, ...page.signals]) } : page;
  });
  return { ...list, pages };
}

function inOrder(signals: readonly TradeSignal[]): readonly TradeSignal[] {
  return signals.toSorted((a, b) => b.openMs - a.openMs);
}
