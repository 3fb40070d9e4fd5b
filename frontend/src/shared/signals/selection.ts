import { create } from "zustand";
import type { MarketSymbol } from "@/shared/market/symbol";
import type { Timeframe } from "@/shared/market/timeframe";
import type { TradeSignal } from "./signal";
import { useSignals } from "./use-signals";

interface Selection {
  /** Null: whatever is newest. */
  readonly signal: TradeSignal | null;
  /** The family of evidence that is pointed at, whose part of the chart lights up. */
  readonly family: string | null;
}

/** What the card, the list and the chart point out together. */
export const useSelection = create<Selection>(() => ({ signal: null, family: null }));

export function selectSignal(signal: TradeSignal | null): void {
  useSelection.setState({ signal });
}

export function pointAtFamily(family: string | null): void {
  useSelection.setState({ family });
}

/** The selected signal as it is now, or the newest decision; undefined while that is read. */
export function useShownSignal(
  symbol: MarketSymbol,
  timeframe: Timeframe,
): TradeSignal | null | undefined {
  const { signals } = useSignals(symbol, timeframe);
  const selected = useSelection(({ signal }) => signal);
  const isHere = selected?.symbol === symbol && selected.timeframe === timeframe;
  if (isHere) return signals?.find(({ id }) => id === selected.id) ?? selected;
  return signals && (signals[0] ?? null);
}
