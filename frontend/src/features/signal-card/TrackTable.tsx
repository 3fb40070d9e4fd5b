import type { ReactNode } from "react";
import { numbers } from "@/shared/format/numbers";
import type { Timeframe } from "@/shared/market/timeframe";
import { text } from "@/shared/text";
import { HitRate, NetR, RandomEntries } from "./TrackCells";
import type { TrackColumn } from "./track-record";

interface TrackTableProps {
  readonly columns: readonly TrackColumn[];
  readonly sideName: string;
  readonly timeframe: Timeframe;
  /** Live signals of a replayed feed are said to be such. */
  readonly feedKind: string;
}

/** Rebuilt and live beside one another: the side's own figures, then both sides' and baselines. */
export function TrackTable({ columns, sideName, timeframe, feedKind }: TrackTableProps) {
  const words = text.signalCard.track;
  return (
    <table className="w-full table-fixed text-right">
      <caption className="mb-1 text-left text-axis text-muted">
        {words.caption(sideName, timeframe)}
      </caption>
      <thead>
        <tr className="text-caps text-muted">
          <td className="w-28" />
          {columns.map(({ origin }) => (
            <th key={origin} scope="col" className="font-normal">
              {words.origin(origin, feedKind)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        <Row name={words.outcomes} columns={columns} of={({ ofSide }) => numbers.whole(ofSide.n)} />
        <Row
          name={words.hitRate}
          columns={columns}
          of={({ ofSide }) => <HitRate score={ofSide} />}
        />
        <Row name={words.netR} columns={columns} of={({ ofSide }) => <NetR score={ofSide} />} />
        <tr className="border-t border-line text-caps text-muted">
          <th scope="rowgroup" colSpan={columns.length + 1} className="pt-1 text-left font-normal">
            {words.against}
          </th>
        </tr>
        <Row name={words.signals} columns={columns} of={({ ofBoth }) => <NetR score={ofBoth} />} />
        <Row
          name={words.random}
          columns={columns}
          of={({ baselines }) => <RandomEntries entries={baselines?.randomEntries ?? null} />}
        />
        <Row
          name={words.hold}
          columns={columns}
          of={({ baselines }) => (baselines ? numbers.signed(baselines.alwaysHoldNetR) : text.none)}
        />
        <Row
          name={words.buyAndHold}
          columns={columns}
          of={({ baselines }) =>
            typeof baselines?.buyAndHoldPercent === "number"
              ? numbers.percent(baselines.buyAndHoldPercent)
              : text.none
          }
        />
      </tbody>
    </table>
  );
}

interface RowProps {
  readonly name: string;
  readonly columns: readonly TrackColumn[];
  readonly of: (column: TrackColumn) => ReactNode;
}

function Row({ name, columns, of }: RowProps) {
  return (
    <tr className="border-t border-line align-baseline">
      <th scope="row" className="py-0.5 text-left font-normal text-muted">
        {name}
      </th>
      {columns.map((column) => (
        <td key={column.origin} className="py-0.5">
          {of(column)}
        </td>
      ))}
    </tr>
  );
}
