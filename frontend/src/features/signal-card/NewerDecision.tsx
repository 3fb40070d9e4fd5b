import { selectSignal, useSelection } from "@/shared/signals/selection";
import type { TradeSignal } from "@/shared/signals/signal";
import { text } from "@/shared/text";
import { Button } from "@/shared/ui/Button";

/** The way back from a signal that was picked out to whatever is newest. */
export function NewerDecision({ shown }: { readonly shown: TradeSignal }) {
  const isPicked = useSelection(({ signal }) => signal?.id === shown.id);
  if (!isPicked) return null;
  return (
    <div className="flex items-center justify-between gap-2 text-axis text-muted">
      {text.signalCard.picked}
      <Button onClick={() => selectSignal(null)}>{text.signalCard.toNewest}</Button>
    </div>
  );
}
