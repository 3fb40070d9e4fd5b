import { sideOf, type TradeSignal } from "@/shared/signals/signal";
import { text } from "@/shared/text";

const COLOURS = { 1: "text-up", [-1]: "text-down", 0: "text-neutral" } as const;

/** The side in glyph, word and colour. */
export function SideBadge({ signal }: { readonly signal: Pick<TradeSignal, "type"> }) {
  return (
    <span className={`font-semibold whitespace-nowrap ${COLOURS[sideOf(signal)]}`}>
      <span aria-hidden="true">{text.signal.glyph(signal.type)} </span>
      {text.signal.side(signal.type)}
    </span>
  );
}
