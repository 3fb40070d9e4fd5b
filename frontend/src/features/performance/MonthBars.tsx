import { numbers } from "@/shared/format/numbers";
import { times } from "@/shared/format/times";
import { AsTable } from "@/shared/plot/AsTable";
import { TimeAxis, ValueAxis } from "@/shared/plot/Axes";
import { useWidth } from "@/shared/plot/use-width";
import { text } from "@/shared/text";
import { Card } from "@/shared/ui/Card";
import { COUNTS_BOTTOM, monthFrame, MONTHS_HEIGHT, type MonthFrame } from "./month-frame";
import { monthMs, monthSlots, type Month, type MonthSlot } from "./month-slots";
import { PartsTable } from "./PartsTable";

const words = text.performance.months;

/** Pixels; a single month is no wall of colour. */
const WIDEST_BAR = 48;

/** The sum of net R of each month, and of how many outcomes. */
export function MonthBars({ months }: { readonly months: readonly Month[] }) {
  const [measured, width] = useWidth();
  return (
    <Card title={words.title}>
      <p className="mb-2 text-muted">{words.explained}</p>
      <div ref={measured} style={{ height: MONTHS_HEIGHT }}>
        {width > 0 && <Bars slots={monthSlots(months)} width={width} />}
      </div>
      <AsTable>
        {() => (
          <PartsTable
            caption={words.title}
            groups={[
              {
                name: words.month,
                rows: months.toReversed().map((part) => ({
                  key: part.month,
                  name: times.month(monthMs(part.month)),
                  part,
                })),
              },
            ]}
          />
        )}
      </AsTable>
    </Card>
  );
}

interface BarsProps {
  readonly slots: readonly MonthSlot[];
  readonly width: number;
}

function Bars({ slots, width }: BarsProps) {
  const frame = monthFrame(slots, width);
  const { left, right, sums, sumTicks, counts, mostOutcomes } = frame;
  return (
    <svg
      width={width}
      height={MONTHS_HEIGHT}
      role="img"
      aria-label={words.label(String(slots.length))}
    >
      <ValueAxis y={sums} ticks={sumTicks} format={numbers.tick} left={left} right={right} />
      <ValueAxis
        y={counts}
        ticks={[0, mostOutcomes]}
        format={numbers.whole}
        left={left}
        right={right}
      />
      {slots.map((slot) => (
        <Bar key={slot.figures.month} slot={slot} frame={frame} />
      ))}
      <TimeAxis x={frame.inTime} times={frame.times} bottom={COUNTS_BOTTOM} />
    </svg>
  );
}

interface BarProps {
  readonly slot: MonthSlot;
  readonly frame: MonthFrame;
}

function Bar({ slot: { place, figures }, frame: { x, sums, counts } }: BarProps) {
  const { totalNetR, n, month } = figures;
  const room = x(place + 1) - x(place);
  const width = Math.min(WIDEST_BAR, room * 0.7);
  const across = { x: x(place) + (room - width) / 2, width };
  const [zero, end] = [sums(0), sums(totalNetR)];
  return (
    <g>
      <title>
        {words.bar(times.month(monthMs(month)), numbers.signed(totalNetR), numbers.whole(n))}
      </title>
      <rect
        {...across}
        y={Math.min(zero, end)}
        height={Math.max(1, Math.abs(end - zero))}
        className={totalNetR < 0 ? "fill-down" : "fill-up"}
      />
      <rect
        {...across}
        y={counts(n)}
        height={COUNTS_BOTTOM - counts(n)}
        className="fill-neutral/60"
      />
    </g>
  );
}
