import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { times } from "@/shared/format/times";
import { barTime } from "@/shared/market/bar-time";
import { selectSignal } from "@/shared/signals/selection";
import type { TradeSignal } from "@/shared/signals/signal";
import { text } from "@/shared/text";
import { columnClass, SIGNAL_COLUMNS } from "./signal-columns";
import { keepInSight } from "./keep-in-sight";

interface SignalGridProps {
  readonly signals: readonly TradeSignal[];
  readonly selectedId: string | undefined;
}

/** Ten columns beside the rail have to fit into the drawer of a screen 1280 wide. */
const PAD = "px-2 first:pl-3 last:pr-3 2xl:px-3";

/** The row of the grid that a key moves the focus to, from the given one. */
const MOVES: Readonly<Record<string, (row: Element) => Element | null | undefined>> = {
  ArrowDown: (row) => row.nextElementSibling,
  ArrowUp: (row) => row.previousElementSibling,
  Home: (row) => row.parentElement?.firstElementChild,
  End: (row) => row.parentElement?.lastElementChild,
};

/** Signals as rows to choose from: arrows move between them, Enter or a click selects. */
export function SignalGrid({ signals, selectedId }: SignalGridProps) {
  const body = useRef<HTMLTableSectionElement>(null);
  const [knownMs] = useState(() => signals[0]?.openMs ?? 0);
  useEffect(() => {
    const row = body.current?.querySelector("[aria-selected=true]");
    if (row) keepInSight(row);
  }, [selectedId]);
  const isSelectedHere = signals.some(({ id }) => id === selectedId);
  return (
    // A table whose rows are chosen from is a grid, for which the rule makes no exception.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role
    <table role="grid" aria-label={text.signals.drawer.signals} className="w-full">
      <thead className="sticky top-0 z-1 bg-surface">
        <tr className="text-caps text-muted">
          <th scope="col" className={`h-6 ${PAD} text-left font-medium`}>
            {text.signals.timeIn(times.zone(signals[0]?.openMs ?? 0))}
          </th>
          {SIGNAL_COLUMNS.map((column) => (
            <th key={column.id} scope="col" className={`${PAD} font-medium ${columnClass(column)}`}>
              {text.signals.columns[column.id]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody ref={body}>
        {signals.map((signal, index) => (
          <SignalRow
            key={signal.id}
            signal={signal}
            isSelected={signal.id === selectedId}
            isReachable={isSelectedHere ? signal.id === selectedId : index === 0}
            isNew={signal.openMs > knownMs}
          />
        ))}
      </tbody>
    </table>
  );
}

interface SignalRowProps {
  readonly signal: TradeSignal;
  readonly isSelected: boolean;
  /** Whether Tab stops here. */
  readonly isReachable: boolean;
  /** It came while the list was on screen. */
  readonly isNew: boolean;
}

function SignalRow({ signal, isSelected, isReachable, isNew }: SignalRowProps) {
  const onKeyDown = (event: KeyboardEvent<HTMLTableRowElement>) => {
    const row = MOVES[event.key]?.(event.currentTarget);
    const isChoice = event.key === "Enter" || event.key === " ";
    if (isChoice) selectSignal(signal);
    if (row instanceof HTMLElement) row.focus();
    if (isChoice || row) event.preventDefault();
  };
  return (
    <tr
      aria-selected={isSelected}
      tabIndex={isReachable ? 0 : -1}
      onClick={() => selectSignal(signal)}
      onKeyDown={onKeyDown}
      className={`h-11 cursor-pointer border-t border-line whitespace-nowrap -outline-offset-2 hover:bg-raised aria-selected:bg-raised aria-selected:shadow-[inset_3px_0_var(--accent)] md:h-7 ${
        isNew ? "transition-colors duration-200 starting:bg-accent/30" : ""
      }`}
    >
      <th scope="row" className={`${PAD} text-left font-normal`}>
        {barTime(signal.openMs, signal.timeframe)}
      </th>
      {SIGNAL_COLUMNS.map((column) => (
        <td key={column.id} className={`${PAD} ${columnClass(column)}`}>
          {column.cell(signal)}
        </td>
      ))}
    </tr>
  );
}
