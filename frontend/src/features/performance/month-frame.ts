import { linearScale, roundTicks, spanAround, type Scale } from "@/shared/plot/scale";
import { timeTicks, type TimeTicks } from "@/shared/plot/time-ticks";
import { monthMs, type MonthSlot } from "./month-slots";

const TOP = 8;
const LEFT = 52;
const RIGHT = 12;
const SUMS_BOTTOM = 138;
const COUNTS_TOP = 150;
const PIXELS_A_TIME = 72;

export interface MonthFrame {
  readonly left: number;
  readonly right: number;
  /** From a place to the left edge of its room. */
  readonly x: Scale;
  readonly sums: Scale;
  readonly sumTicks: readonly number[];
  readonly counts: Scale;
  readonly mostOutcomes: number;
  readonly inTime: Scale;
  readonly times: TimeTicks;
}

/** Where the outcomes' counts stand, which is where the drawing of them ends. */
export const COUNTS_BOTTOM = 178;

export const MONTHS_HEIGHT = COUNTS_BOTTOM + 22;

/** Where everything lies in a drawing of this width; `slots` has at least one. */
export function monthFrame(slots: readonly MonthSlot[], width: number): MonthFrame {
  const right = Math.max(LEFT + 1, width - RIGHT);
  const rooms = (slots.at(-1)?.place ?? 0) + 1;
  const span = spanAround(slots.map(({ figures }) => figures.totalNetR));
  const mostOutcomes = Math.max(...slots.map(({ figures }) => figures.n));
  const x = linearScale([0, rooms], [LEFT, right]);
  const [firstMs, lastMs] = [startOf(slots.at(0)), startOf(slots.at(-1))];
  const room = (right - LEFT) / rooms;
  return {
    left: LEFT,
    right,
    x,
    sums: linearScale(span, [SUMS_BOTTOM, TOP]),
    sumTicks: roundTicks(...span, 4),
    counts: linearScale([0, mostOutcomes], [COUNTS_BOTTOM, COUNTS_TOP]),
    mostOutcomes,
    inTime: linearScale([firstMs, lastMs], [LEFT + room / 2, right - room / 2]),
    times: monthTicks(firstMs, lastMs, Math.max(1, (right - LEFT) / PIXELS_A_TIME)),
  };
}

/** No finer than months, of which the bars are. */
function monthTicks(firstMs: number, lastMs: number, count: number): TimeTicks {
  const found = timeTicks(firstMs, lastMs, count);
  const isFiner = found.unit === "date" || found.unit === "clock";
  return isFiner ? { unit: "month", ticks: [...new Set([firstMs, lastMs])] } : found;
}

function startOf(slot: MonthSlot | undefined): number {
  return slot ? monthMs(slot.figures.month) : 0;
}
