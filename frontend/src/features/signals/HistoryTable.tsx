import { Link } from "wouter";
import { times } from "@/shared/format/times";
import { barTime } from "@/shared/market/bar-time";
import type { TradeSignal } from "@/shared/signals/signal";
import { text } from "@/shared/text";
import { useHref } from "@/shared/view/use-view";
import { columnClass, ORIGIN_COLUMN, SIGNAL_COLUMNS } from "./signal-columns";
import { signalInWords } from "./signal-in-words";

const words = text.signals.history;
const COLUMNS = [...SIGNAL_COLUMNS, ORIGIN_COLUMN];

interface HistoryTableProps {
  readonly caption: string;
  readonly signals: readonly TradeSignal[];
}

/** Signals, each with the way to its page; wide figures scroll inside the table's own box. */
export function HistoryTable({ caption, signals }: HistoryTableProps) {
  return (
    <div className="overflow-x-auto">
      <table className="w-full whitespace-nowrap">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="text-caps text-muted">
            <th scope="col" className="h-8 pr-3 text-left font-medium">
              {text.signals.timeIn(times.zone(signals[0]?.openMs ?? 0))}
            </th>
            {COLUMNS.map((column) => (
              <th
                key={column.id}
                scope="col"
                className={`px-2 font-medium last:pr-0 xl:px-3 ${columnClass(column)}`}
              >
                {text.signals.columns[column.id]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {signals.map((signal) => (
            <HistoryRow key={signal.id} signal={signal} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function HistoryRow({ signal }: { readonly signal: TradeSignal }) {
  const { side, at } = signalInWords(signal);
  return (
    <tr className="border-t border-line hover:bg-raised">
      <th scope="row" className="pr-3 text-left font-normal">
        <Link
          href={useHref(`/signals/${signal.id}`)}
          title={words.open(side, at)}
          className="flex h-11 items-center text-accent underline-offset-2 hover:underline md:h-7"
        >
          {barTime(signal.openMs, signal.timeframe)}
        </Link>
      </th>
      {COLUMNS.map((column) => (
        <td key={column.id} className={`px-2 last:pr-0 xl:px-3 ${columnClass(column)}`}>
          {column.cell(signal)}
        </td>
      ))}
    </tr>
  );
}
