import type { Bar } from "@/shared/market/bar";
import type { IndicatorColumn, IndicatorValues } from "./indicator-values";

/** A value of a line at a bar; null is a gap. */
export interface LinePoint {
  readonly openMs: number;
  readonly value: number | null;
  /** The next value is not the next bar's: nothing is known of the way there. */
  readonly isBeforeGap: boolean;
}

/**
 * The line over the closed bars, `stepMs` apart but for holes: a point at each of them, so that it
 * adds no time of its own to the chart, up to the last that has a value.
 */
export function linePoints(
  closed: readonly Bar[],
  values: IndicatorValues,
  column: IndicatorColumn,
  stepMs: number,
): readonly LinePoint[] {
  const valueAt = (openMs: number) => values.get(openMs)?.[column] ?? null;
  const last = closed.findLastIndex(({ openMs }) => valueAt(openMs) !== null);
  return closed.slice(0, last + 1).map(({ openMs }, index) => {
    const isBeforeGap = index < last && valueAt(openMs + stepMs) === null;
    return { openMs, value: valueAt(openMs), isBeforeGap };
  });
}

function isSame(one: LinePoint | undefined, other: LinePoint | undefined): boolean {
  return (
    one?.openMs === other?.openMs &&
    one?.value === other?.value &&
    one?.isBeforeGap === other?.isBeforeGap
  );
}

/** From which point on `after` only continues `before`; null if it has to be drawn anew. */
export function continuesFrom(
  before: readonly LinePoint[],
  after: readonly LinePoint[],
): number | null {
  if (before.length === 0 || after.length < before.length) return null;
  const isContinued = before.every((point, index) => isSame(point, after[index]));
  return isContinued ? before.length : null;
}
