import type { Bar } from "@/shared/market/bar";
import type { IndicatorColumn, IndicatorValues } from "./indicator-values";

/** A value of a line at a bar; null is a gap. */
export interface LinePoint {
  readonly openMs: number;
  readonly value: number | null;
}

/**
 * The line over the closed bars: a point at each of them, so that it adds no time of its own to the
 * chart, up to the last that has a value.
 */
export function linePoints(
  closed: readonly Bar[],
  values: IndicatorValues,
  column: IndicatorColumn,
): readonly LinePoint[] {
  const points = closed.map(({ openMs }) => {
    return { openMs, value: values.get(openMs)?.[column] ?? null };
  });
  const last = points.findLastIndex(({ value }) => value !== null);
  return points.slice(0, last + 1);
}

function isSame(one: LinePoint | undefined, other: LinePoint | undefined): boolean {
  return one?.openMs === other?.openMs && one?.value === other?.value;
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
