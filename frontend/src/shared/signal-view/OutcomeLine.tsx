import { numbers } from "@/shared/format/numbers";
import { momentInZone } from "@/shared/format/times";
import { outcomeOf, type Outcome } from "@/shared/signals/outcome";
import { sideOf, type TradeSignal } from "@/shared/signals/signal";
import { text } from "@/shared/text";

/** What became of it; nothing while it runs. */
export function OutcomeLine({ signal }: { readonly signal: TradeSignal }) {
  const words = text.signalView.outcome;
  const outcome = outcomeOf(signal);
  if (outcome) return <Ended outcome={outcome} />;
  const wasReplaced = sideOf(signal) !== 0 && signal.status === "expired";
  return wasReplaced ? <p className="text-axis text-muted">{words.replaced}</p> : null;
}

function Ended({ outcome }: { readonly outcome: Outcome }) {
  const words = text.signalView.outcome;
  const { reason, netR, percent, barsHeld, furthestTarget, isAmbiguous } = outcome;
  return (
    <section aria-label={words.title} className="rounded-sm bg-raised px-3 py-2">
      <p className="flex flex-wrap justify-between gap-x-3">
        <span className="font-medium">
          {words.result(reason)}
          {barsHeld !== null && ` ${words.held(barsHeld)}`}
        </span>
        <Result netR={netR} percent={percent} />
      </p>
      <p className="text-axis text-muted">
        {[
          exitOf(outcome),
          furthestTarget > 1 && words.furthest(furthestTarget),
          isAmbiguous && words.ambiguous,
        ]
          .filter(Boolean)
          .join(" ")}
      </p>
    </section>
  );
}

function exitOf({ exitPrice, exitMs }: Outcome): string | null {
  if (exitPrice === null || exitMs === null) return null;
  const at = momentInZone(exitMs);
  return text.signalView.outcome.exit(numbers.price(exitPrice), at);
}

function Result({ netR, percent }: Pick<Outcome, "netR" | "percent">) {
  if (netR === null) return null;
  return (
    <span className={`font-semibold whitespace-nowrap ${netR < 0 ? "text-down" : "text-up"}`}>
      <span aria-hidden="true">{netR < 0 ? "▼" : "▲"} </span>
      {text.signalView.outcome.netR(numbers.signed(netR))}
      {percent !== null && ` · ${numbers.percent(percent)}`}
    </span>
  );
}
