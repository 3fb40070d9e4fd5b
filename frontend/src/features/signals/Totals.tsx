import { useQuery } from "@tanstack/react-query";
import { useApis } from "@/shared/api/apis";
import type { Scorecard } from "@/shared/api/signals-api";
import { numbers } from "@/shared/format/numbers";
import { text } from "@/shared/text";
import { Button } from "@/shared/ui/Button";
import { Card } from "@/shared/ui/Card";
import { Skeleton } from "@/shared/ui/Skeleton";
import { ScrollBox } from "@/shared/ui/ScrollBox";
import { useView } from "@/shared/view/use-view";
import { signalKeys } from "@/shared/signals/signal-keys";
import { useSignals } from "@/shared/signals/use-signals";
import { ORIGINS } from "./history-filter";

const words = text.signals.history;
const COUNTS = Object.keys(words.counts) as (keyof typeof words.counts)[];
const HEIGHT = 100;

/** Counted again whenever something was decided. */
function useCounts() {
  const [{ symbol, timeframe }] = useView();
  const api = useApis().signals;
  const newest = useSignals(symbol, timeframe).signals?.[0]?.id;
  return useQuery({
    queryKey: signalKeys.counts(symbol, timeframe, newest),
    queryFn: ({ signal }) => api.scorecard(symbol, timeframe, signal),
    select: ({ counts }) => counts,
    placeholderData: (before) => before,
  });
}

/** How many decisions there are, by origin and by what became of them. */
export function Totals() {
  const { data: counts, error, refetch } = useCounts();
  return (
    <Card title={words.totals}>
      <p className="pb-1 text-axis text-muted">{words.totalsDetail}</p>
      {counts && <CountTable counts={counts} />}
      {!counts && !error && <Skeleton height={HEIGHT} />}
      {!counts && error && (
        <div className="flex flex-wrap items-center gap-3" style={{ minHeight: HEIGHT }}>
          <p>{words.totalsFailed}</p>
          <Button onClick={() => void refetch()}>{text.error.retry}</Button>
        </div>
      )}
    </Card>
  );
}

function CountTable({ counts }: { readonly counts: Scorecard["counts"] }) {
  return (
    <ScrollBox label={words.totalsCaption}>
      <table className="w-full text-right">
        <caption className="sr-only">{words.totalsCaption}</caption>
        <thead>
          <tr className="text-caps text-muted">
            <th scope="col" className="pr-1 text-left font-medium">
              {text.signals.columns.origin}
            </th>
            {COUNTS.map((name) => (
              <th key={name} scope="col" className="px-1 font-medium md:px-2">
                {words.counts[name]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ORIGINS.map((origin) => (
            <tr key={origin} className="h-7 border-t border-line">
              <th scope="row" className="pr-1 text-left font-medium">
                {text.signal.origin(origin)}
              </th>
              {COUNTS.map((name) => (
                <td key={name} className="px-1 md:px-2">
                  {numbers.whole(counts[origin][name])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}
