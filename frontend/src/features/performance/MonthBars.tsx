import { numbers } from "@/shared/format/numbers";
import { times } from "@/shared/format/times";
import { AsTable } from "@/shared/plot/AsTable";
import { TimeAxis, ValueAxis } from "@/shared/plot/Axes";
import { linearScale, roundTicks, spanAround, type Scale } from "@/shared/plot/scale";
import { timeTicks } from "@/shared/plot/time-ticks";
import { useWidth } from "@/shared/plot/use-width";
import { text } from "@/shared/text";
import { Card } from "@/shared/ui/Card";
import { monthMs, monthSlots, type Month, type MonthSlot } from "./month-slots";
import { PartsTable } from "./PartsTable";

const words = text.performance.months;

const HEIGHT = 180;
const LEFT = 52;
const RIGHT = 12;
const TOP = 8;
const BOTTOM = HEIGHT - 38;
const PIXELS_A_TIME = 90;
/** A count of three digits needs so much room. */
const COUNT_FITS_FROM = 22;

/** The sum of net R of each month, and of how many outcomes. */
export function MonthBars({ months }: { readonly months: readonly Month[] }) {
  const [measured, width] = useWidth();
  return (
    <Card title={words.title}>
      <p className="mb-2 text-muted">{words.explained}</p>
      <div ref={measured} style={{ height: HEIGHT }}>
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
  const right = width - RIGHT;
  const rooms = (slots.at(-1)?.place ?? 0) + 1;
  const span = spanAround(slots.map(({ figures }) => figures.totalNetR));
  const x = linearScale([0, rooms], [LEFT, right]);
  const y = linearScale(span, [BOTTOM, TOP]);
  const [firstMs, lastMs] = [slots[0], slots.at(-1)].map((slot) =>
    slot ? monthMs(slot.figures.month) : 0,
  );
  const inTime = linearScale([firstMs ?? 0, lastMs ?? 0], [x(0.5), x(rooms - 0.5)]);
  const count = Math.min(rooms, Math.max(1, (right - LEFT) / PIXELS_A_TIME));
  return (
    <svg width={width} height={HEIGHT} role="img" aria-label={words.label(String(slots.length))}>
      <ValueAxis
        y={y}
        ticks={roundTicks(...span, 4)}
        format={numbers.tick}
        left={LEFT}
        right={right}
      />
      {slots.map((slot) => (
        <Bar key={slot.figures.month} slot={slot} x={x} y={y} />
      ))}
      <TimeAxis
        x={inTime}
        times={timeTicks(firstMs ?? 0, lastMs ?? 0, count)}
        bottom={HEIGHT - 20}
      />
    </svg>
  );
}

interface BarProps {
  readonly slot: MonthSlot;
  readonly x: Scale;
  readonly y: Scale;
}

function Bar({ slot: { place, figures }, x, y }: BarProps) {
  const room = x(place + 1) - x(place);
  const { totalNetR, n, month } = figures;
  const [zero, end] = [y(0), y(totalNetR)];
  return (
    <g>
      <title>
        {words.bar(times.month(monthMs(month)), numbers.signed(totalNetR), numbers.whole(n))}
      </title>
      <rect
        x={x(place) + room * 0.15}
        width={room * 0.7}
        y={Math.min(zero, end)}
        height={Math.max(1, Math.abs(end - zero))}
        className={totalNetR < 0 ? "fill-down" : "fill-up"}
      />
      {room >= COUNT_FITS_FROM && (
        <text
          x={x(place + 0.5)}
          y={BOTTOM + 12}
          textAnchor="middle"
          className="fill-muted text-caps"
        >
          {numbers.whole(n)}
        </text>
      )}
    </g>
  );
}
