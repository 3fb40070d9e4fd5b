import { useLive } from "@/shared/live/live-context";
import { text } from "@/shared/text";

/** Of a kind that this page does not know, the word as it came. */
const KINDS: Readonly<Record<string, string | null>> = {
  live: null,
  replay: text.feed.replay,
  simulated: text.feed.simulated,
};

/** `replay:ETHUSDT-1m-2024-07` beside a badge that says "Replay" needs no second word for it. */
function nameOf(source: string, kind: string | undefined): string {
  return kind && source.startsWith(`${kind}:`) ? source.slice(kind.length + 1) : source;
}

/** Where the prices come from; whatever is not the live market says so at all times. */
export function FeedSource() {
  const report = useLive((state) => state.heard?.report ?? null);
  const pricesSource = useLive((state) => state.price?.source ?? null);
  const source = report?.source ?? pricesSource;
  const known = report && KINDS[report.kind];
  const kind = known === undefined ? report?.kind : known;
  return (
    <>
      {kind && (
        <span className="rounded-sm border border-warn px-1.5 text-caps font-semibold text-warn">
          {kind}
        </span>
      )}
      {source && (
        <span className="min-w-0 truncate md:max-w-96" title={source}>
          {nameOf(source, report?.kind)}
        </span>
      )}
    </>
  );
}
