import { memo } from "react";
import { numbers } from "@/shared/format/numbers";
import { TimeAxis, ValueAxis } from "@/shared/plot/Axes";
import { bandPath, linePath, stepPath, type Point } from "@/shared/plot/paths";
import type { Scale } from "@/shared/plot/scale";
import type { EquityFrame } from "./equity-frame";
import type { Equity } from "./equity-walk";

interface EquityLinesProps {
  readonly equity: Equity;
  /** The first entry, where every line is at zero. */
  readonly startMs: number;
  readonly frame: EquityFrame;
}

/** Everything of the drawing that does not move with the pointer. */
export const EquityLines = memo(function EquityLines({ equity, startMs, frame }: EquityLinesProps) {
  const { x, times, bottom, left, right, netR, held } = frame;
  const line = (values: readonly number[], y: Scale): readonly Point[] => [
    { x: x(startMs), y: y(0) },
    ...values.map((value, index) => ({ x: x(equity.exitMs[index] ?? startMs), y: y(value) })),
  ];
  const { randomEntries: random, buyAndHoldPercent } = equity.baselines ?? {};
  return (
    <g fill="none">
      <ValueAxis y={netR.y} ticks={netR.ticks} format={numbers.tick} left={left} right={right} />
      {random && (
        <>
          <path
            d={bandPath(line(random.percentile95, netR.y), line(random.percentile5, netR.y))}
            className="fill-neutral/20"
          />
          <path
            d={linePath(line(random.mean, netR.y))}
            strokeDasharray="4 3"
            className="stroke-neutral"
          />
        </>
      )}
      <path
        d={stepPath(line(equity.cumulativeNetR, netR.y))}
        strokeWidth={1.5}
        strokeLinejoin="round"
        className="stroke-accent"
      />
      {held && buyAndHoldPercent && (
        <>
          <ValueAxis
            y={held.y}
            ticks={held.ticks}
            format={(tick) => `${numbers.tick(tick)}%`}
            left={left}
            right={right}
          />
          <path d={linePath(line(buyAndHoldPercent, held.y))} className="stroke-ema50" />
        </>
      )}
      <TimeAxis x={x} times={times} bottom={bottom} />
    </g>
  );
});
