import { useMemo, useState, type PointerEvent } from "react";
import type { Breakdown } from "@/shared/api/performance-api";
import { numbers } from "@/shared/format/numbers";
import { times } from "@/shared/format/times";
import { AsTable } from "@/shared/plot/AsTable";
import { useWidth } from "@/shared/plot/use-width";
import { text } from "@/shared/text";
import { Card } from "@/shared/ui/Card";
import { EQUITY_HEIGHT, equityFrame } from "./equity-frame";
import { indexAt, pointAt } from "./equity-walk";
import { EquityCursor } from "./EquityCursor";
import { EquityLines } from "./EquityLines";
import { EquityReading } from "./EquityReading";
import { EquityTable } from "./EquityTable";

const words = text.performance.equity;

type EquityChartProps = Pick<Breakdown, "equity" | "period">;

/** The sum of net R over time beside its baselines; pointer or arrow keys read it. */
export function EquityChart({ equity, period }: EquityChartProps) {
  const [measured, width] = useWidth();
  const [picked, setPicked] = useState<number | null>(null);
  const startMs = period?.startMs ?? equity.exitMs[0] ?? 0;
  const frame = useMemo(() => equityFrame(equity, startMs, width), [equity, startMs, width]);
  const last = equity.exitMs.length - 1;
  const index = Math.min(picked ?? last, last);
  const point = pointAt(equity, index);
  const total = equity.cumulativeNetR[last] ?? 0;
  if (!point) return null;

  const readAt = (event: PointerEvent<HTMLDivElement>) => {
    const across = event.clientX - event.currentTarget.getBoundingClientRect().left;
    const endMs = equity.exitMs[last] ?? startMs;
    const share = (across - frame.left) / (frame.right - frame.left);
    setPicked(indexAt(equity.exitMs, startMs + share * (endMs - startMs)));
  };
  return (
    <Card title={words.title}>
      <p className="mb-2 text-muted">
        {words.explained}
        {equity.thinned && ` ${words.thinned}`}
      </p>
      <EquityReading point={point} />
      <div
        ref={measured}
        onPointerMove={readAt}
        onPointerLeave={() => setPicked(null)}
        className="relative touch-pan-y rounded-sm has-[input:focus-visible]:outline-2 has-[input:focus-visible]:outline-accent"
        style={{ height: EQUITY_HEIGHT }}
      >
        <svg width={width} height={EQUITY_HEIGHT} aria-hidden="true" className="absolute">
          {width > 0 && (
            <>
              <EquityLines equity={equity} startMs={startMs} frame={frame} />
              <EquityCursor point={point} frame={frame} />
            </>
          )}
        </svg>
        <input
          type="range"
          min={0}
          max={last}
          value={index}
          aria-label={words.label(words.netR(numbers.signed(total)), numbers.whole(last + 1))}
          aria-valuetext={words.reading(
            words.moment(times.moment(point.exitMs), times.zone(point.exitMs)),
            text.signal.side(point.side),
            words.netR(numbers.signed(point.netR)),
            words.netR(numbers.signed(point.sum)),
          )}
          onChange={(event) => setPicked(event.target.valueAsNumber)}
          className="pointer-events-none absolute inset-0 size-full opacity-0"
        />
      </div>
      <AsTable>{() => <EquityTable equity={equity} />}</AsTable>
    </Card>
  );
}
