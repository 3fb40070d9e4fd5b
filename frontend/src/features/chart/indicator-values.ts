import type { IndicatorPage } from "@/shared/api/analysis-api";
import type { Stretch, StretchRead } from "./stretches";

export type IndicatorColumn = keyof IndicatorPage["indicators"];

/** The values of one closed bar; null where there were too few bars before it. */
export type IndicatorRow = Readonly<Partial<Record<IndicatorColumn, number | null>>>;

/** By the bar's open time. */
export type IndicatorValues = ReadonlyMap<number, IndicatorRow>;

export interface IndicatorStretch extends StretchRead {
  readonly values: IndicatorValues;
}

type Columns = Readonly<Record<string, readonly (number | null)[]>>;

function rowsOf({ timestamps, indicators }: IndicatorPage): [number, IndicatorRow][] {
  const columns = Object.entries(indicators as Columns);
  return timestamps.map((openMs, index) => {
    return [openMs, Object.fromEntries(columns.map(([name, column]) => [name, column[index]]))];
  });
}

/** The stretch with a page that goes on where it ended. */
export function withPage(
  { sinceMs, untilMs }: Stretch,
  known: IndicatorStretch | undefined,
  page: IndicatorPage,
): IndicatorStretch {
  const readUntilMs = Math.min(untilMs, page.closedUntil ?? sinceMs);
  return {
    sinceMs,
    untilMs,
    readUntilMs: Math.max(readUntilMs, known?.readUntilMs ?? sinceMs),
    missingFromMs: page.missing[0]?.[0] ?? null,
    values: new Map([...(known?.values ?? []), ...rowsOf(page)]),
  };
}

/** All of them in one map. */
export function allValues(stretches: readonly IndicatorStretch[]): IndicatorValues {
  return new Map(stretches.flatMap(({ values }) => [...values]));
}
