import type { Schema } from "@/shared/api/contract";

export type Month = Schema<"MonthFigures">;

/** "2024-07" is so many months after the year zero; NaN for what is no month. */
function monthNumber(month: string): number {
  const [year, ofYear] = month.split("-").map(Number);
  return (year ?? NaN) * 12 + (ofYear ?? NaN) - 1;
}

/** The first moment of a UTC month, "2024-07". */
export function monthMs(month: string): number {
  const number = monthNumber(month);
  return Date.UTC(Math.floor(number / 12), number % 12);
}

export interface MonthSlot {
  /** 0 for the first month with an outcome; months without any have no slot but keep their room. */
  readonly place: number;
  readonly figures: Month;
}

/** Where each month stands on a line on which every month has the same room. */
export function monthSlots(months: readonly Month[]): readonly MonthSlot[] {
  const first = monthNumber(months[0]?.month ?? "");
  return months
    .map((figures) => ({ place: monthNumber(figures.month) - first, figures }))
    .filter(({ place }) => Number.isFinite(place));
}
