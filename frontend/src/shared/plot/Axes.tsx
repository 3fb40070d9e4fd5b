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

export function TimeAxis({ x, times: { unit, ticks }, bottom }: TimeAxisProps) {
  return ticks.map((tick) => (
    <text
      key={tick}
      x={x(tick)}
      y={bottom + 14}
      textAnchor="middle"
      className="fill-muted text-caps"
    >
      {times[unit](tick)}
    </text>
  ));
}
