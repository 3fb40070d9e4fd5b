import type { TradeSignal } from "@/shared/signals/signal";
import { missingInWords } from "./missing-in-words";

/** A HOLD is a decision too: what it takes to become another one. */
export function WhatIsMissing({ signal: { summary } }: { readonly signal: TradeSignal }) {
  return <p>{missingInWords(summary)}</p>;
}
