import type { ReactNode } from "react";
import { numbers } from "@/shared/format/numbers";
import { SideBadge } from "@/shared/signal-view/SideBadge";
import { outcomeOf } from "@/shared/signals/outcome";
import { sideOf, type TradeSignal } from "@/shared/signals/signal";
import { text } from "@/shared/text";
import { signalInWords } from "./signal-in-words";

const ROOM = { phone: "", tablet: "max-lg:hidden", desktop: "max-xl:hidden" } as const;

/** A fact of a signal that a table has a column for. */
export interface SignalColumn {
  readonly id: Exclude<keyof typeof text.signals.columns, "time">;
  readonly cell: (signal: TradeSignal) => ReactNode;
  /** Figures stand to the right, words to the left. */
  readonly isFigure: boolean;
  /** The narrowest screen that has room for it. */
  readonly room: keyof typeof ROOM;
}

/** What stands beside the time, in its order. */
export const SIGNAL_COLUMNS: readonly SignalColumn[] = [
  {
    id: "side",
    cell: (signal) => <SideBadge signal={signal} />,
    isFigure: false,
    room: "phone",
  },
  {
    id: "score",
    cell: ({ score }) => numbers.points(score),
    isFigure: true,
    room: "tablet",
  },
  {
    id: "confidence",
    cell: (signal) => <Confidence signal={signal} />,
    isFigure: true,
    room: "phone",
  },
  {
    id: "entry",
    cell: ({ levels }) => priceOf(levels?.entry),
    isFigure: true,
    room: "desktop",
  },
  {
    id: "stop",
    cell: ({ levels }) => priceOf(levels?.stop),
    isFigure: true,
    room: "desktop",
  },
  {
    id: "target",
    cell: ({ levels }) => priceOf(levels?.targets[0]),
    isFigure: true,
    room: "desktop",
  },
  {
    id: "status",
    cell: (signal) => signalInWords(signal).state,
    isFigure: false,
    room: "tablet",
  },
  {
    id: "netR",
    cell: (signal) => <Result value={outcomeOf(signal)?.netR} format={numbers.signed} />,
    isFigure: true,
    room: "phone",
  },
  {
    id: "profit",
    cell: ({ raw }) => <Result value={raw.profitLossPercent} format={numbers.percent} />,
    isFigure: true,
    room: "desktop",
  },
];

/** Where signals of several origins stand in one table. */
export const ORIGIN_COLUMN: SignalColumn = {
  id: "origin",
  cell: ({ origin }) => text.signal.origin(origin),
  isFigure: false,
  room: "tablet",
};

/** Figures end where their column does; a column is left out where there is no room for it. */
export function columnClass({ isFigure, room }: Pick<SignalColumn, "isFigure" | "room">): string {
  return `${isFigure ? "text-right" : "text-left"} ${ROOM[room]}`;
}

function priceOf(price: number | undefined): string {
  return price === undefined ? text.none : numbers.price(price);
}

/** A HOLD claims no chance. */
function Confidence({ signal }: { readonly signal: TradeSignal }) {
  if (sideOf(signal) === 0) return text.none;
  return (
    <>
      {!signal.raw.calibrated && (
        <span title={text.signals.uncalibratedTitle} className="mr-2 text-caps text-warn">
          {text.signals.uncalibrated}
        </span>
      )}
      {numbers.chance(signal.confidence)}
    </>
  );
}

interface ResultProps {
  readonly value: number | null | undefined;
  readonly format: (value: number) => string;
}

function Result({ value, format }: ResultProps) {
  if (value === null || value === undefined) return text.none;
  return <span className={value < 0 ? "text-down" : "text-up"}>{format(value)}</span>;
}
