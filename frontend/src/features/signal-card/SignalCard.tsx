import type { ReactNode } from "react";
import { useShownSignal } from "@/shared/signals/selection";
import { useSignals } from "@/shared/signals/use-signals";
import { text } from "@/shared/text";
import { ErrorNotice } from "@/shared/ui/ErrorNotice";
import { Notice } from "@/shared/ui/Notice";
import { useIsNarrow } from "@/shared/view/use-narrow";
import { useView } from "@/shared/view/use-view";
import { CardSkeleton } from "./CardSkeleton";
import { CompactCard } from "./CompactCard";
import { FullCard } from "./FullCard";
import { useLiveResults } from "./use-results";

/** The signal that is shown, and whether to believe it. */
export function SignalCard() {
  useLiveResults();
  return (
    <section
      aria-label={text.signalCard.title}
      data-testid="signal-card"
      className="relative rounded-card border border-line bg-surface p-4"
    >
      <ShownSignal />
    </section>
  );
}

function ShownSignal() {
  const words = text.signalCard;
  const [{ symbol, timeframe }] = useView();
  const { error, retry } = useSignals(symbol, timeframe);
  const signal = useShownSignal(symbol, timeframe);
  const isNarrow = useIsNarrow();
  if (signal) {
    return isNarrow ? (
      <CompactCard signal={signal} />
    ) : (
      <FullCard key={signal.id} signal={signal} />
    );
  }
  if (error) {
    return (
      <Place>
        <ErrorNotice title={words.failed} error={error} onRetry={retry} />
      </Place>
    );
  }
  if (signal === undefined) return <CardSkeleton isNarrow={isNarrow} />;
  return (
    <Place>
      <Notice title={words.empty} detail={words.emptyDetail} />
    </Place>
  );
}

/** High enough for a notice, which fills what it stands in. */
function Place({ children }: { readonly children: ReactNode }) {
  return <div className="relative h-44">{children}</div>;
}
