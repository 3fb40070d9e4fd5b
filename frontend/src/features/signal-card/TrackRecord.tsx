import { Suspense } from "react";
import type { Scorecard } from "@/shared/api/signals-api";
import { lazyPart } from "@/shared/parts/lazy-part";
import { sideOf, type TradeSignal } from "@/shared/signals/signal";
import { text } from "@/shared/text";
import { Skeleton } from "@/shared/ui/Skeleton";
import { ReadAgain } from "./ReadAgain";
import { trackColumns } from "./track-record";
import { useScorecard } from "./use-results";

const TABLE_HEIGHT = 252;

const TrackTable = lazyPart(async () => (await import("./TrackTable")).TrackTable);

/** What became of signals like this one, beside the claim. */
export function TrackRecord({ signal }: { readonly signal: TradeSignal }) {
  const words = text.signalCard.track;
  const { data, error, refetch } = useScorecard(signal.symbol, signal.timeframe);
  return (
    <section aria-label={words.title}>
      <h3 className="text-heading font-semibold">{words.title}</h3>
      {data ? (
        <Suspense fallback={<Skeleton height={TABLE_HEIGHT} />}>
          <Table scorecard={data} signal={signal} />
        </Suspense>
      ) : error ? (
        <ReadAgain sentence={words.failed} error={error} onRetry={() => void refetch()} />
      ) : (
        <Skeleton height={TABLE_HEIGHT} />
      )}
    </section>
  );
}

interface TableProps {
  readonly scorecard: Scorecard;
  readonly signal: TradeSignal;
}

function Table({ scorecard, signal }: TableProps) {
  const side = sideOf(signal);
  return (
    <TrackTable
      columns={trackColumns(scorecard, side)}
      sideName={side === 0 ? text.signalCard.track.bothSides : text.signal.side(signal.type)}
      timeframe={signal.timeframe}
      feedKind={scorecard.feed.kind}
    />
  );
}
