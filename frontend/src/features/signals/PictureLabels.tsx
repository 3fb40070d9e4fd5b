import { numbers } from "@/shared/format/numbers";
import { barTime } from "@/shared/market/bar-time";
import type { Timeframe } from "@/shared/market/timeframe";
import { text } from "@/shared/text";
import { apart, type DrawnExtreme, type DrawnLevel, type Stretch } from "./picture";

const words = text.signalPage.picture;

type Mark = DrawnLevel | DrawnExtreme;

const COLOURS = {
  entry: "text-text",
  stop: "text-down",
  target: "text-up",
  high: "text-muted",
  low: "text-muted",
} as const satisfies Record<Mark["kind"], string>;

/** A line of letters needs this much of the picture's height, in percent. */
const LINE = 5;

/** The names of prices beside the picture, each at its height. */
export function PriceLabels({ marks }: { readonly marks: readonly Mark[] }) {
  const places = apart(
    marks.map(({ y }) => y),
    LINE,
  );
  return (
    <ul className="relative w-24 shrink-0 text-caps">
      {marks.map((mark, index) => (
        <li
          key={nameOf(mark)}
          style={{ top: `${places[index] ?? mark.y}%` }}
          className={`absolute right-0 left-2 flex -translate-y-1/2 justify-between ${COLOURS[mark.kind]}`}
        >
          <span>{nameOf(mark)}</span>
          <span>{numbers.price(mark.price)}</span>
        </li>
      ))}
    </ul>
  );
}

function nameOf(mark: Mark): string {
  return mark.kind === "target" ? words.target(mark.number) : words[mark.kind];
}

interface TimeLabelsProps {
  readonly stretch: Stretch;
  readonly timeframe: Timeframe;
}

/** Where the picture starts and ends. */
export function TimeLabels({ stretch, timeframe }: TimeLabelsProps) {
  return (
    <p className="mr-24 flex justify-between border-t border-line pt-1 text-caps text-muted">
      <span>{barTime(stretch.fromMs, timeframe)}</span>
      <span>{barTime(stretch.untilMs, timeframe)}</span>
    </p>
  );
}
