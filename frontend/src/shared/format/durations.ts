const UNITS = [
  { unit: "day", ms: 86_400_000 },
  { unit: "hour", ms: 3_600_000 },
  { unit: "minute", ms: 60_000 },
  { unit: "second", ms: 1_000 },
] as const;

/** Two of a unit before it is used: "90 min" says more than "1 h". */
const AT_LEAST = 2;

type FormatDuration = (ms: number) => string;

/** "44 ms", "90 sec", "47 hr", "12 days": whole, in the unit that has at least two of it. */
export function createDurationFormat(locale?: string): FormatDuration {
  const inUnit = (unit: string) =>
    new Intl.NumberFormat(locale, { style: "unit", unit, maximumFractionDigits: 0 });
  const formats = UNITS.map(({ unit, ms }) => ({ ms, format: inUnit(unit) }));
  const milliseconds = inUnit("millisecond");
  return (ms) => {
    const fitting = formats.find((one) => ms >= AT_LEAST * one.ms);
    return fitting
      ? fitting.format.format(Math.floor(ms / fitting.ms))
      : milliseconds.format(Math.max(0, ms));
  };
}

/** In the reader's own locale. */
export const duration = createDurationFormat();
