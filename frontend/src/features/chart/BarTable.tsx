import { memo, useMemo, useState } from "react";
import { usePaced } from "@/shared/live/use-paced";
import type { Bar } from "@/shared/market/bar";
import type { Timeframe } from "@/shared/market/timeframe";
import { barTime, barZone } from "@/shared/market/bar-time";
import { text } from "@/shared/text";
import { Button } from "@/shared/ui/Button";
import { ScrollBox } from "@/shared/ui/ScrollBox";
import { barInWords } from "./bar-in-words";
import { linesOf, valueInWords, type IndicatorLine } from "./indicator-lines";
import type { IndicatorRow } from "./indicator-values";
import { marksByBar, type Mark } from "./marks";
import type { ChartScene } from "./use-chart-scene";

interface BarTableProps {
  readonly scene: ChartScene;
  readonly bars: readonly Bar[];
  /** Called when the rows come near the first bar that is known. */
  readonly onNearStart: () => void;
}

const ROWS_AT_A_TIME = 100;
const { marks: MARKS, ...FIGURES } = text.table.columns;

/** The chart's bars as a table, newest first. */
export function BarTable({ scene, bars, onNearStart }: BarTableProps) {
  const { symbol, timeframe, indicators, read } = scene;
  const { shown } = indicators;
  const lines = useMemo(() => linesOf(shown), [shown]);
  const marksAt = useMemo(() => marksByBar(scene.marks), [scene.marks]);
  const calm = usePaced(bars);
  const [count, setCount] = useState(ROWS_AT_A_TIME);
  const first = Math.max(0, calm.length - count);
  const rows = calm
    .slice(first)
    .map((bar, index) => (
      <BarRow
        key={bar.openMs}
        bar={bar}
        before={calm[first + index - 1]}
        timeframe={timeframe}
        lines={lines}
        values={read.values.get(bar.openMs)}
        marks={marksAt.get(bar.openMs)}
      />
    ));
  const columns = [
    ...Object.values(FIGURES),
    ...lines.map(({ column }) => text.indicators.column(column)),
    MARKS,
  ];
  const caption = text.table.caption(
    symbol,
    timeframe,
    barZone(calm.at(-1)?.openMs ?? 0, timeframe),
  );
  const showMore = () => {
    setCount(count + ROWS_AT_A_TIME);
    if (first < 2 * ROWS_AT_A_TIME) onNearStart();
  };
  return (
    <ScrollBox label={caption} className="absolute inset-0 z-10 bg-surface">
      <table className="w-full text-right">
        <caption className="px-3 py-2 text-left text-muted">{caption}</caption>
        <thead className="sticky top-0 bg-raised text-caps text-muted">
          <tr>
            {columns.map((name) => (
              <th
                key={name}
                scope="col"
                className="px-3 py-1 font-medium whitespace-nowrap first:text-left"
              >
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{rows.reverse()}</tbody>
      </table>
      {first > 0 && (
        <div className="p-3 text-center">
          <Button onClick={showMore}>{text.table.more}</Button>
        </div>
      )}
    </ScrollBox>
  );
}

interface BarRowProps {
  readonly bar: Bar;
  readonly before: Bar | undefined;
  readonly timeframe: Timeframe;
  readonly lines: readonly IndicatorLine[];
  readonly values: IndicatorRow | undefined;
  readonly marks: readonly Mark[] | undefined;
}

const BarRow = memo(function BarRow(props: BarRowProps) {
  const { bar, before, timeframe, lines, values, marks } = props;
  const words = barInWords(bar, before);
  return (
    <tr className="border-t border-line hover:bg-raised">
      <th scope="row" className="px-3 py-1 text-left font-normal whitespace-nowrap">
        {barTime(bar.openMs, timeframe)}
      </th>
      <td className="px-3">{words.open}</td>
      <td className="px-3">{words.high}</td>
      <td className="px-3">{words.low}</td>
      <td className="px-3">{words.close}</td>
      <td className="px-3">{words.change}</td>
      <td className="px-3">{words.volume}</td>
      {lines.map((line) => (
        <td key={line.column} className="px-3">
          {valueInWords(line, values?.[line.column] ?? null, bar.close)}
        </td>
      ))}
      <td className="px-3 whitespace-nowrap">{marks?.map((mark) => mark.words).join(", ")}</td>
    </tr>
  );
});
