const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MONTH_MS = 30.44 * DAY_MS;

/** How finely a time is to be written. */
export type TimeUnit = "year" | "month" | "date" | "clock";

export interface TimeTicks {
  readonly unit: TimeUnit;
  readonly ticks: readonly number[];
}

const MONTH_STEPS = [1, 3, 6, 12, 24, 60, 120];
const DAY_STEPS = [1, 2, 5, 10];
const HOUR_STEPS = [1, 3, 6, 12];

function everyMonths(fromMs: number, untilMs: number, months: number): number[] {
  const from = new Date(fromMs);
  const first = Math.ceil((from.getUTCFullYear() * 12 + from.getUTCMonth()) / months) * months;
  const ticks: number[] = [];
  for (let month = first; ; month += months) {
    const at = Date.UTC(Math.floor(month / 12), month % 12);
    if (at > untilMs) return ticks;
    if (at >= fromMs) ticks.push(at);
  }
}

function everyMs(fromMs: number, untilMs: number, stepMs: number): number[] {
  const first = Math.ceil(fromMs / stepMs) * stepMs;
  const count = Math.max(0, Math.floor((untilMs - first) / stepMs) + 1);
  return Array.from({ length: count }, (_, index) => first + index * stepMs);
}

/** About `count` round UTC times from `fromMs` to `untilMs`: hours, days, months or years. */
export function timeTicks(fromMs: number, untilMs: number, count: number): TimeTicks {
  const least = (untilMs - fromMs) / count;
  const hours = HOUR_STEPS.find((step) => step * HOUR_MS >= least);
  if (hours) return { unit: "clock", ticks: everyMs(fromMs, untilMs, hours * HOUR_MS) };
  const days = DAY_STEPS.find((step) => step * DAY_MS >= least);
  if (days) return { unit: "date", ticks: everyMs(fromMs, untilMs, days * DAY_MS) };
  const months = MONTH_STEPS.find((step) => step * MONTH_MS >= least) ?? 240;
  const unit = months < 12 ? "month" : "year";
  return { unit, ticks: everyMonths(fromMs, untilMs, months) };
}
