import { Suspense, useState } from "react";
import { ORIGINS, type Origin } from "@/shared/api/performance-api";
import { numbers } from "@/shared/format/numbers";
import { lazyPart } from "@/shared/parts/lazy-part";
import { sideOf, type TradeSignal } from "@/shared/signals/signal";
import type { ConfidenceBin } from "@/shared/plot/reliability-bins";
import { text } from "@/shared/text";
import { Segmented } from "@/shared/ui/Segmented";
import { Skeleton } from "@/shared/ui/Skeleton";
import { binOf, binsOf } from "./calibration";
import { FittedMap } from "./FittedMap";
import { ReadAgain } from "./ReadAgain";
import { useBreakdown } from "./use-results";

const FIGURE_HEIGHT = 214;

const CalibrationFigure = lazyPart(
  async () => (await import("./CalibrationFigure")).CalibrationFigure,
);

/** Whether what was said came, so often as it was said. */
export function Calibration({ signal }: { readonly signal: TradeSignal }) {
  const words = text.signalCard.calibration;
  const [origin, setOrigin] = useState<Origin>("historical");
  return (
    <section aria-label={words.title}>
      <div className="flex items-center justify-between gap-2">
        <h3 className="text-heading font-semibold">{words.title}</h3>
        <Segmented
          label={words.origin}
          choices={ORIGINS.toReversed().map((value) => ({ value, name: words.origins[value] }))}
          value={origin}
          onChoose={setOrigin}
        />
      </div>
      <Reading signal={signal} origin={origin} />
      {signal.raw.confidenceMapId !== null && <FittedMap id={signal.raw.confidenceMapId} />}
    </section>
  );
}

interface ReadingProps {
  readonly signal: TradeSignal;
  readonly origin: Origin;
}

function Reading({ signal, origin }: ReadingProps) {
  const words = text.signalCard.calibration;
  const { data, error, refetch } = useBreakdown(signal.symbol, signal.timeframe, origin);
  if (error && !data)
    return <ReadAgain sentence={words.failed} error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton height={FIGURE_HEIGHT} />;
  // A HOLD claims nothing itself; measured chances are what it would have been judged by.
  const bins = binsOf(data, signal.raw.calibrated || sideOf(signal) === 0);
  return (
    <>
      <p className="mt-1 text-axis text-muted">{inWords(bins, signal)}</p>
      <Suspense fallback={<Skeleton height={FIGURE_HEIGHT} />}>
        <CalibrationFigure bins={bins} />
      </Suspense>
    </>
  );
}

/** What came of the signals that said about what this one says. */
function inWords(bins: readonly ConfidenceBin[], signal: TradeSignal): string {
  const words = text.signalCard.calibration;
  if (bins.length === 0) return words.none(signal.raw.calibrated || sideOf(signal) === 0);
  if (sideOf(signal) === 0) return words.ofHold;
  const mine = binOf(bins, signal);
  if (!mine) return words.nothingLikeIt;
  const { fromPercent, untilPercent, hitRate, n } = mine;
  if (hitRate === null) return words.tooFew(fromPercent, untilPercent, n);
  return words.cameTrue(fromPercent, untilPercent, numbers.chance(100 * hitRate), n);
}
