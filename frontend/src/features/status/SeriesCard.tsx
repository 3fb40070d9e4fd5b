import type { PlatformStatus } from "@/shared/api/status-api";
import { numbers } from "@/shared/format/numbers";
import { times } from "@/shared/format/times";
import { text } from "@/shared/text";
import { Card } from "@/shared/ui/Card";
import { barCount, seriesName } from "./judge-status";
import { Gaps } from "./Gaps";
import { StateWord } from "./StateWord";
import { StatusTable } from "./StatusTable";
import { Zone } from "./Zone";

type Series = PlatformStatus["series"][number];
type Candles = NonNullable<Series["candles"]>;
type Decisions = NonNullable<Series["decisions"]>;

const say = text.status.series;

function momentOf(ms: number | null | undefined): string {
  return ms === null || ms === undefined ? text.none : times.moment(ms);
}

function historyOf({ done, remaining }: Candles["history"]): string {
  if (done) return say.complete;
  return remaining === null ? say.unmeasured : say.toGo(barCount(remaining));
}

function Progress({ decisions }: { readonly decisions: Decisions }) {
  const { undecided, skipped, waitingFor } = decisions;
  const isBehind = undecided > 1;
  const words = [
    isBehind ? say.undecided(barCount(undecided)) : say.upToDate,
    ...(skipped > 0 ? [say.skipped(numbers.whole(skipped))] : []),
    ...(waitingFor === null ? [] : [say.waiting(waitingFor)]),
  ];
  return <StateWord tone={isBehind ? "notice" : "good"}>{words.join(", ")}</StateWord>;
}

interface SeriesCardProps {
  readonly series: readonly Series[];
  /** Of the times that are shown. */
  readonly zone: string;
}

/** Each series: how much of it is stored, what is missing and why, how far it is decided. */
export function SeriesCard({ series, zone }: SeriesCardProps) {
  return (
    <Card title={say.title} aside={<Zone zone={zone} />}>
      <StatusTable
        caption={say.caption(zone)}
        rows={series}
        keyOf={seriesName}
        columns={[
          { name: say.series, cell: seriesName },
          {
            name: say.decided,
            cell: ({ decisions }) =>
              decisions ? <Progress decisions={decisions} /> : text.status.notKnown,
          },
          {
            name: say.stored,
            isFigure: true,
            cell: ({ candles }) => (candles ? numbers.whole(candles.stored) : text.status.notKnown),
          },
          { name: say.since, cell: ({ candles }) => momentOf(candles?.firstMs) },
          { name: say.newest, cell: ({ candles }) => momentOf(candles?.lastClosedMs) },
          {
            name: say.history,
            cell: ({ candles }) => (candles ? historyOf(candles.history) : text.none),
          },
          {
            name: say.holes,
            cell: ({ candles }) => (candles ? <Holes holes={candles.holes} /> : text.none),
          },
          {
            name: say.outages,
            cell: ({ candles }) => (candles ? <Outages outages={candles.outages} /> : text.none),
          },
        ]}
      />
    </Card>
  );
}

function Holes({ holes }: { readonly holes: Candles["holes"] }) {
  if (holes.bars === 0) return say.noHoles;
  return <Gaps summary={say.healing(barCount(holes.bars))} gaps={holes.newest} />;
}

function Outages({ outages }: { readonly outages: Candles["outages"] }) {
  if (outages.count === 0) return say.noHoles;
  const summary = say.outageCount(barCount(outages.bars), outages.count);
  return <Gaps summary={summary} gaps={outages.newest} />;
}
