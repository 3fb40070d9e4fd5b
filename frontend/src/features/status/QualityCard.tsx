import type { Quality } from "@/shared/api/market-api";
import { duration } from "@/shared/format/durations";
import { numbers } from "@/shared/format/numbers";
import { text } from "@/shared/text";
import { Card } from "@/shared/ui/Card";
import { Skeleton } from "@/shared/ui/Skeleton";
import { seriesName } from "./judge-status";
import { StateWord } from "./StateWord";
import { StatusTable } from "./StatusTable";
import { useQuality } from "./use-quality";

type Series = Quality["series"][number] & Pick<Quality, "symbol">;

/** Of the table's head and what stands below it, and of one market's seven series. */
const FRAME_HEIGHT = 62;
const MARKET_HEIGHT = 259;

const say = text.quality;

function Complete({ whole, completeness, verdict }: Series) {
  if (completeness === null) return <StateWord tone="idle">{verdict}</StateWord>;
  const figure = say.percent(numbers.tick(completeness));
  return <StateWord tone={whole ? "good" : "notice"}>{figure}</StateWord>;
}

function healedIn({ arrivals }: Series): string {
  const p95Ms = arrivals?.whole.healed.p95Ms ?? null;
  return p95Ms === null ? text.none : duration(p95Ms);
}

interface QualityCardProps {
  readonly symbols: readonly string[];
}

/** How whole each series is: what is missing, what came late and how fast it was healed. */
export function QualityCard({ symbols }: QualityCardProps) {
  const { reports, isAway } = useQuality(symbols);
  return (
    <Card title={say.title}>
      {reports ? (
        <Report reports={reports} />
      ) : isAway ? (
        <Away />
      ) : (
        <Counting markets={symbols.length} />
      )}
    </Card>
  );
}

function Away() {
  return <p className="text-muted">{say.away}</p>;
}

function Counting({ markets }: { readonly markets: number }) {
  return (
    <div role="status">
      <span className="sr-only">{say.loading}</span>
      <Skeleton height={FRAME_HEIGHT + MARKET_HEIGHT * markets} />
    </div>
  );
}

function Report({ reports }: { readonly reports: readonly Quality[] }) {
  return (
    <>
      <StatusTable<Series>
        caption={say.caption}
        rows={reports.flatMap(({ symbol, series }) => series.map((one) => ({ ...one, symbol })))}
        keyOf={seriesName}
        columns={[
          { name: say.series, cell: seriesName },
          { name: say.complete, cell: Complete },
          { name: say.holes, isFigure: true, cell: ({ holes }) => numbers.whole(holes) },
          {
            name: say.late,
            isFigure: true,
            cell: ({ origins }) => numbers.whole(origins.healed),
          },
          { name: say.healed, isFigure: true, cell: healedIn },
          { name: say.revisions, isFigure: true, cell: (one) => numbers.whole(one.revisions) },
          { name: say.outages, isFigure: true, cell: ({ outages }) => numbers.whole(outages) },
        ]}
      />
      <p className="mt-2 text-axis text-muted">{say.lateness}</p>
      <FeedAges feed={reports[0]?.feed ?? null} />
    </>
  );
}

/** Of the one feed that every market comes by. */
function FeedAges({ feed }: Pick<Quality, "feed">) {
  return (
    <p className="text-axis text-muted">
      {feed ? `${agesOf(feed.lastHour)} ${say.refused(numbers.whole(feed.refused))}` : say.noAges}
    </p>
  );
}

function agesOf({ p50Ms, p95Ms, p99Ms, maxMs }: NonNullable<Quality["feed"]>["lastHour"]): string {
  if (p50Ms === null || p95Ms === null || p99Ms === null || maxMs === null) return say.noAges;
  return say.ages(duration(p50Ms), duration(p95Ms), duration(p99Ms), duration(maxMs));
}
