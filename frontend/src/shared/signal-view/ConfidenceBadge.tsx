import { numbers } from "@/shared/format/numbers";
import { sideOf, type TradeSignal } from "@/shared/signals/signal";
import { text } from "@/shared/text";
import { Badge } from "./Badge";

/** The chance that is claimed, and whether it was measured; a HOLD claims none. */
export function ConfidenceBadge({ signal }: { readonly signal: TradeSignal }) {
  if (sideOf(signal) === 0) return null;
  const { label, sentence } = text.signalView.notes.uncalibrated;
  return (
    <span className="inline-flex items-center gap-2">
      {!signal.raw.calibrated && <Badge label={label} title={sentence} />}
      <span className="font-semibold">{numbers.chance(signal.confidence)}</span>
    </span>
  );
}
