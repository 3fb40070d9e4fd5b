import { useQuery } from "@tanstack/react-query";
import { useApis } from "@/shared/api/apis";
import type { RecentPatterns } from "@/shared/api/patterns-api";
import { numbers } from "@/shared/format/numbers";
import { barTime } from "@/shared/market/bar-time";
import { barMs } from "@/shared/market/timeframe";
import { useSignals } from "@/shared/signals/use-signals";
import { text } from "@/shared/text";
import { ErrorNotice } from "@/shared/ui/ErrorNotice";
import { Notice } from "@/shared/ui/Notice";
import { ScrollBox } from "@/shared/ui/ScrollBox";
import { useView } from "@/shared/view/use-view";
import { RowSkeletons } from "./RowSkeletons";

const BARS = 200;

/** The patterns of the last bars; those of a bar are known as soon as it was decided on. */
function useNewestPatterns() {
  const [{ symbol, timeframe }] = useView();
  const api = useApis().patterns;
  const { signals, error, retry } = useSignals(symbol, timeframe);
  const newestMs = signals?.[0]?.openMs;
  const query = useQuery({
    queryKey: ["patterns", "newest", symbol, timeframe, newestMs],
    queryFn: ({ signal }) => {
      const untilMs = (newestMs ?? 0) + barMs(timeframe);
      const sinceMs = Math.max(0, untilMs - BARS * barMs(timeframe));
      return api.recent({ symbol, timeframe, sinceMs, untilMs }, signal);
    },
    enabled: newestMs !== undefined,
    placeholderData: (before) => before,
  });
  if (error) return { patterns: undefined, error, retry };
  const isUndecided = signals?.length === 0;
  return {
    patterns: isUndecided ? [] : query.data?.patterns,
    error: query.data ? null : query.error,
    retry: () => void query.refetch(),
  };
}

/** What stood out in the candles lately, newest first. */
export function PatternsTab() {
  const { patterns, error, retry } = useNewestPatterns();
  const words = text.signals.drawer;
  if (error) return <ErrorNotice title={words.patternsFailed} error={error} onRetry={retry} />;
  if (!patterns) return <RowSkeletons />;
  if (patterns.length === 0) {
    return <Notice title={words.patternsEmpty} detail={words.patternsEmptyDetail(BARS)} />;
  }
  const columns = text.signals.patternColumns;
  return (
    <ScrollBox label={words.patternsOf(BARS)} className="absolute inset-0">
      <table className="w-full text-left">
        <thead className="sticky top-0 bg-surface text-caps text-muted">
          <tr>
            <th scope="col" className="h-6 px-3 font-medium">
              {columns.time}
            </th>
            <th scope="col" className="px-3 font-medium">
              {columns.pattern}
            </th>
            <th scope="col" className="px-3 font-medium max-md:hidden">
              {columns.direction}
            </th>
            <th scope="col" className="px-3 text-right font-medium">
              {columns.strength}
            </th>
            <th scope="col" className="px-3 font-medium max-md:hidden">
              {columns.meaning}
            </th>
          </tr>
        </thead>
        <tbody>
          {patterns.map((pattern) => (
            <PatternRow key={pattern.id} pattern={pattern} />
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}

const COLOURS: Readonly<Record<string, string>> = { bullish: "text-up", bearish: "text-down" };

function PatternRow({ pattern }: { readonly pattern: RecentPatterns["patterns"][number] }) {
  const { timestamp, timeframe, patternType, signal, strength, description } = pattern;
  const colour = COLOURS[signal] ?? "text-neutral";
  return (
    <tr className="h-11 border-t border-line whitespace-nowrap md:h-7">
      <th scope="row" className="px-3 font-normal">
        {barTime(timestamp, timeframe)}
      </th>
      <td className="px-3">
        <span aria-hidden="true" className={colour}>
          {text.signals.directionGlyph(signal)}{" "}
        </span>
        {text.signals.pattern(patternType)}
      </td>
      <td className={`px-3 max-md:hidden ${colour}`}>{text.signals.direction(signal)}</td>
      <td className="px-3 text-right">{numbers.whole(strength)}</td>
      <td className="w-full px-3 text-muted max-md:hidden">{description}</td>
    </tr>
  );
}
