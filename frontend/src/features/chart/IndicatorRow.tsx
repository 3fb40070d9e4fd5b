import type { IndicatorId } from "@/shared/market/indicators";
import { text } from "@/shared/text";
import type { ColourToken } from "./chart-colours";
import type { Reading } from "./indicator-readout";

/** Tailwind has to find the names of its classes in the sources. */
const COLOURS: Readonly<Partial<Record<ColourToken, string>>> = {
  accent: "text-accent",
  warn: "text-warn",
  neutral: "text-neutral",
  muted: "text-muted",
  ema9: "text-ema9",
  ema21: "text-ema21",
  ema50: "text-ema50",
  ema200: "text-ema200",
};

interface IndicatorRowProps {
  readonly id: IndicatorId;
  readonly readings: readonly Reading[];
  readonly isHidden: boolean;
  readonly onToggle: (id: IndicatorId) => void;
}

/** An indicator in the legend: what it is called, what it reads, and the eye that hides it. */
export function IndicatorRow({ id, readings, isHidden, onToggle }: IndicatorRowProps) {
  const [only, ...more] = readings;
  const colour = COLOURS[only && more.length === 0 ? only.colour : "muted"];
  return (
    <li className="flex items-center gap-1 rounded-sm bg-surface/80 pl-1 whitespace-nowrap">
      <span className={isHidden ? "text-muted line-through" : colour}>
        {text.indicators.short(id)}
      </span>
      {!isHidden &&
        readings.map(({ name, words, colour: own }) => (
          <span key={name} title={name} className={COLOURS[own]}>
            <span className="sr-only">{name} </span>
            {words}
          </span>
        ))}
      <Eye id={id} isHidden={isHidden} onToggle={onToggle} />
    </li>
  );
}

type EyeProps = Omit<IndicatorRowProps, "readings">;

/** On a phone the menu of indicators does this, with targets that a thumb can hit. */
function Eye({ id, isHidden, onToggle }: EyeProps) {
  const label = isHidden ? text.indicators.unhide(id) : text.indicators.hide(id);
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      data-testid={`eye-${id}`}
      onClick={() => onToggle(id)}
      className="pointer-events-auto grid size-6 place-items-center rounded-sm text-muted hover:bg-raised hover:text-text max-md:hidden"
    >
      <svg
        viewBox="0 0 16 16"
        className="size-3.5"
        fill="none"
        stroke="currentColor"
        strokeWidth={1.3}
        aria-hidden="true"
      >
        <path d="M1.5 8C4 3.5 12 3.5 14.5 8 12 12.5 4 12.5 1.5 8z" />
        <circle cx="8" cy="8" r="2" />
        {isHidden && <path d="M2.5 13.5l11-11" />}
      </svg>
    </button>
  );
}
