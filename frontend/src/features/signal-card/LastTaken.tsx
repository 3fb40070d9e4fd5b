import { barTimeInZone } from "@/shared/market/bar-time";
import { selectSignal } from "@/shared/signals/selection";
import type { TradeSignal } from "@/shared/signals/signal";
import { text } from "@/shared/text";
import { barsBetween } from "./last-taken";
import { useLastTaken } from "./use-last-taken";

/** For how long there has been no BUY or SELL, and the way to the last one. */
export function LastTaken({ decision }: { readonly decision: TradeSignal }) {
  const words = text.signalCard.last;
  const last = useLastTaken(decision);
  if (last === undefined) return null;
  if (last === null) return <p className="text-muted">{words.never}</p>;
  const { type, openMs, timeframe } = last;
  return (
    <p className="text-muted">
      {words.none(barsBetween(last, decision))}{" "}
      <button
        type="button"
        onClick={() => selectSignal(last)}
        className="min-h-11 text-left text-accent underline md:min-h-0"
      >
        {words.was(text.signal.side(type), barTimeInZone(openMs, timeframe))}
      </button>
    </p>
  );
}
