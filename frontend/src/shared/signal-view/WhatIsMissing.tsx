import { asSentence } from "@/shared/format/prose";
import type { TradeSignal } from "@/shared/signals/signal";
import { text } from "@/shared/text";

/** A HOLD is a decision too: what it takes to become another one. */
export function WhatIsMissing({ signal: { summary } }: { readonly signal: TradeSignal }) {
  const said = summary.replace(/^HOLD: /, "");
  return <p>{said === "" ? text.signalView.noSummary : asSentence(said)}</p>;
}
