import { times } from "@/shared/format/times";
import type { Scale } from "./scale";
import type { TimeTicks } from "./time-ticks";

interface ValueAxisProps {
  readonly y: Scale;
  readonly ticks: readonly number[];
  readonly format: (value: number) => string;
  /** Pixels between which the lines run; the figures stand before `left`. */
  readonly left: number;
  readonly right: number;
}

/** Lines across at round values, the one at zero stronger. */
export function ValueAxis({ y, ticks, format, left, right }: ValueAxisProps) {
  return ticks.map((tick) => (
    <g key={tick}>
      <line
        x1={left}
        x2={right}
        y1={y(tick)}
        y2={y(tick)}
        className={tick === 0 ? "stroke-control" : "stroke-line"}
      />
      <text
        x={left - 6}
        y={y(tick)}
        textAnchor="end"
        dominantBaseline="central"
        className="fill-muted text-caps"
      >
        {format(tick)}
      </text>
    </g>
  ));
}

interface TimeAxisProps {
  readonly x: Scale;
  readonly times: TimeTicks;
  /** The pixel below which the times stand. */
  readonly bottom: number;
}

/** Where a day begins among clock times, its date stands. */
function written({ unit, ticks }: TimeTicks, index: number): string {
  const [tick = 0, before] = [ticks[index], ticks[index - 1]];
  const isNewDay = before !== undefined && times.dateHere(before) !== times.dateHere(tick);
  return times[unit === "clock" && isNewDay ? "dateHere" : unit](tick);
}

export function TimeAxis({ x, times: shown, bottom }: TimeAxisProps) {
  return shown.ticks.map((tick, index) => (
    <text
      key={tick}
      x={x(tick)}
      y={bottom + 14}
      textAnchor="middle"
      className="fill-muted text-caps"
    >
      {written(shown, index)}
    </text>
  ));
}
