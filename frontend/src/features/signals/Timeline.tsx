import { Link } from "wouter";
import { momentInZone } from "@/shared/format/times";
import { numberOf, textOf, type FrozenSignal } from "@/shared/signals/signal";
import { text } from "@/shared/text";
import { Card } from "@/shared/ui/Card";
import { useHref } from "@/shared/view/use-view";

const words = text.signalPage.timeline;

type Happening = FrozenSignal["details"]["events"][number];

/** What has happened to the signal, oldest first, by the market's clock. */
export function Timeline({ signal }: { readonly signal: FrozenSignal }) {
  return (
    <Card title={words.title} testId="timeline">
      <ol className="flex flex-col gap-2 border-l-2 border-line pl-4">
        {signal.details.events.map((event) => (
          <TimelineItem key={event.number} event={event} />
        ))}
      </ol>
      {signal.status === "active" && <p className="mt-3 text-axis text-muted">{words.running}</p>}
    </Card>
  );
}

function TimelineItem({ event: { kind, atMs, payload } }: { readonly event: Happening }) {
  const furthest = numberOf(payload["furthestTarget"]);
  const replacedBy = textOf(payload["replacedBy"]);
  return (
    <li>
      <p className="font-medium">
        {words.event(kind)}
        {furthest !== null && `, ${words.furthest(furthest)}`}
      </p>
      <p className="text-axis text-muted">
        <time dateTime={new Date(atMs).toISOString()}>{momentInZone(atMs)}</time>
        {replacedBy !== null && <NextLink id={replacedBy} />}
      </p>
    </li>
  );
}

function NextLink({ id }: { readonly id: string }) {
  return (
    <Link
      href={useHref(`/signals/${id}`)}
      className="ml-3 inline-grid min-h-11 items-center text-accent hover:underline md:min-h-0"
    >
      {words.by}
    </Link>
  );
}
