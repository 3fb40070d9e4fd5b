import { numbers } from "@/shared/format/numbers";
import type { Timeframe } from "@/shared/market/timeframe";
import { text } from "@/shared/text";
import { apart, type DrawnLevel, type Stretch } from "./picture";
import { barTime } from "./signal-in-words";

const words = text.signalPage.picture;

const COLOURS = { entry: "text-text", stop: "text-down", target: "text-up" } as const;

/** A line of letters needs this much of the picture's height, in percent. */
const LINE = 5;

/** The names and prices of the levels, each at its height. */
export function LevelLabels({ levels }: { readonly levels: readonly DrawnLevel[] }) {
  const places = apart(
    levels.map(({ y }) => y),
    LINE,
  );
  return (
    <ul className="relative w-24 shrink-0 text-caps">
      {levels.map((level, index) => (
        <li
          key={`${level.kind} ${level.number}`}
          style={{ top: `${places[index] ?? level.y}%` }}
          className={`absolute right-0 left-2 flex -translate-y-1/2 justify-between ${COLOURS[level.kind]}`}
        >
          <span>{nameOf(level)}</span>
          <span>{numbers.price(level.price)}</span>
        </li>
      ))}
    </ul>
  );
}

function nameOf({ kind, number }: DrawnLevel): string {
  return kind === "target" ? words.target(number) : words[kind];
}

interface TimeLabelsProps {
  readonly stretch: Stretch;
  readonly timeframe: Timeframe;
  readonly className: string;
}

/** Where the picture starts and ends. */
export function TimeLabels({ stretch, timeframe, className }: TimeLabelsProps) {
  return (
    <p
      className={`flex justify-between border-t border-line pt-1 text-caps text-muted ${className}`}
    >
      <span>{barTime(stretch.fromMs, timeframe)}</span>
      <span>{barTime(stretch.untilMs, timeframe)}</span>
    </p>
  );
}
