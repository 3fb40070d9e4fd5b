import { numbers } from "@/shared/format/numbers";
import { IntervalBar } from "@/shared/plot/IntervalBar";
import { spanAround } from "@/shared/plot/scale";
import { text } from "@/shared/text";
import { ScrollBox } from "@/shared/ui/ScrollBox";
import { meanInterval, type Part } from "./verdict";

const words = text.performance.parts;

export interface PartRow {
  readonly key: string;
  readonly name: string;
  readonly part: Part;
  /** The one that the rest of the page is about. */
  readonly isShown?: boolean;
}

interface PartsTableProps {
  readonly caption: string;
  readonly groups: readonly { readonly name: string; readonly rows: readonly PartRow[] }[];
}

type Span = readonly [number, number];

/** The same figures of several parts, comparable down the columns. */
export function PartsTable({ caption, groups }: PartsTableProps) {
  const intervals = groups.flatMap(({ rows }) => rows.map(({ part }) => meanInterval(part)));
  const span = spanAround(
    intervals.flatMap((interval) => (interval ? [interval.low, interval.high] : [])),
  );
  return (
    <ScrollBox label={text.plot.table(caption)} className="max-h-120">
      <table className="w-full min-w-180">
        <caption className="sr-only">{caption}</caption>
        <thead className="text-caps text-muted">
          <tr>
            {Object.values(words.columns).map((name) => (
              <th
                key={name}
                scope="col"
                className="px-3 py-1 text-left font-medium last:text-right nth-2:text-right"
              >
                {name}
              </th>
            ))}
          </tr>
        </thead>
        {groups.map(({ name, rows }) => (
          <tbody key={name}>
            <tr className="border-t border-line bg-raised">
              <th
                scope="rowgroup"
                colSpan={5}
                className="px-3 py-0.5 text-left text-caps font-medium text-muted"
              >
                {name}
              </th>
            </tr>
            {rows.map((row) => (
              <Row key={row.key} row={row} span={span} />
            ))}
          </tbody>
        ))}
      </table>
    </ScrollBox>
  );
}

function Row({ row, span }: { readonly row: PartRow; readonly span: Span }) {
  const { name, part, isShown } = row;
  return (
    <tr className="border-t border-line whitespace-nowrap hover:bg-raised">
      <th scope="row" className={`px-3 py-1 text-left ${isShown ? "" : "font-normal"}`}>
        {name}
        {isShown && <span className="ml-2 font-normal text-muted">{words.shown}</span>}
      </th>
      <td className="px-3 py-1 text-right">{numbers.whole(part.n)}</td>
      <td className="px-3 py-1">
        <HitRateCell part={part} />
      </td>
      <td className="px-3 py-1">
        <MeanCell part={part} span={span} />
      </td>
      <td className="px-3 py-1 text-right">{numbers.signed(part.totalNetR)}</td>
    </tr>
  );
}

function HitRateCell({ part: { hitRate, hitRateLow, hitRateHigh } }: { readonly part: Part }) {
  if (hitRate === null || hitRateLow === null || hitRateHigh === null) return <TooFew />;
  const { share } = numbers;
  return (
    <div className="grid grid-cols-[3.5rem_minmax(4rem,1fr)_7.5rem] items-center gap-2">
      <span className="text-right font-medium">{share(hitRate)}</span>
      <IntervalBar low={hitRateLow} at={hitRate} high={hitRateHigh} span={[0, 1]} />
      <span className="text-muted">
        {text.performance.headline.range(share(hitRateLow), share(hitRateHigh))}
      </span>
    </div>
  );
}

function MeanCell({ part, span }: { readonly part: Part; readonly span: Span }) {
  const interval = meanInterval(part);
  if (!interval || part.netRStandardError === null) return <TooFew />;
  const error = numbers.ratio(part.netRStandardError);
  return (
    <div className="grid grid-cols-[6rem_minmax(4rem,1fr)] items-center gap-2">
      <span className="text-right font-medium">
        {text.performance.headline.meanWithError(numbers.signed(interval.at), error)}
      </span>
      <IntervalBar {...interval} span={span} reference={0} />
    </div>
  );
}

function TooFew() {
  return <span className="text-muted">{text.performance.headline.tooFew}</span>;
}
