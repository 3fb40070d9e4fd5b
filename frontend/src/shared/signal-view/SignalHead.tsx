import { numbers } from "@/shared/format/numbers";
import { barTimeInZone } from "@/shared/market/bar-time";
import { sideOf, type TradeSignal } from "@/shared/signals/signal";
import { text } from "@/shared/text";
import { ConfidenceBadge } from "./ConfidenceBadge";
import { SideBadge } from "./SideBadge";
import { useValidity } from "./use-validity";

/** The claim: which side, on which bar, for how long yet, and how sure. */
export function SignalHead({ signal }: { readonly signal: TradeSignal }) {
  const { openMs, timeframe } = signal;
  const validity = useValidity(signal);
  return (
    <div>
      <div className="flex items-center justify-between gap-3 text-price">
        <h2 className="flex items-baseline gap-2">
          <SideBadge signal={signal} />
          <span className="text-base text-muted">{timeframe}</span>
        </h2>
        {sideOf(signal) === 0 ? (
          <ScoreOfHold signal={signal} />
        ) : (
          <ConfidenceBadge signal={signal} />
        )}
      </div>
      <p className="text-axis text-muted">
        {text.signalView.decided(barTimeInZone(openMs, timeframe))} · {validity}
      </p>
    </div>
  );
}

/** A HOLD claims no chance: what it has is a score that did not reach θ, or levels that failed. */
function ScoreOfHold({ signal: { score, threshold } }: { readonly signal: TradeSignal }) {
  return (
    <span className="text-base text-muted">
      {text.signalView.scoreOf(numbers.points(score), numbers.ratio(threshold))}
    </span>
  );
}
