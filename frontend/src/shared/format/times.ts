import { useSettings, type TimeZone } from "@/shared/settings/settings";

export interface TimeFormat {
  /** "06:45" */
  readonly clock: (ms: number) => string;
  /** "5 Aug 2024, 06:45" */
  readonly moment: (ms: number) => string;
  /** "5 Aug 2024", always the UTC day: that is what a daily bar is of. */
  readonly day: (ms: number) => string;
  /** "Aug 2024", the UTC month. */
  readonly month: (ms: number) => string;
  /** "2024", the UTC year. */
  readonly year: (ms: number) => string;
  /** "5 Aug", the UTC day where the year is plain. */
  readonly date: (ms: number) => string;
  /** "5 Aug", the day in this zone, for times of day that follow it. */
  readonly dateHere: (ms: number) => string;
  /** "UTC", or what the reader's own zone is called at that time: "GMT+2". */
  readonly zone: (ms: number) => string;
}

function zoneName(parts: readonly Intl.DateTimeFormatPart[]): string {
  return parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
}

/** `timeZone` is an IANA name; the reader's own without it. */
export function createTimeFormat(locale?: string, timeZone?: string): TimeFormat {
  const inZone = timeZone === undefined ? {} : { timeZone };
  const date = { year: "numeric", month: "short", day: "numeric" } as const;
  const time = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  const clock = new Intl.DateTimeFormat(locale, { ...time, ...inZone });
  const moment = new Intl.DateTimeFormat(locale, { ...date, ...time, ...inZone });
  const day = new Intl.DateTimeFormat(locale, { ...date, timeZone: "UTC" });
  const month = new Intl.DateTimeFormat(locale, {
    year: "numeric",
    month: "short",
    timeZone: "UTC",
  });
  const year = new Intl.DateTimeFormat(locale, { year: "numeric", timeZone: "UTC" });
  const shortDay = new Intl.DateTimeFormat(locale, {
    month: "short",
    day: "numeric",
    timeZone: "UTC",
  });
  const dayHere = new Intl.DateTimeFormat(locale, { month: "short", day: "numeric", ...inZone });
  const named = new Intl.DateTimeFormat(locale, { timeZoneName: "short", ...inZone });
  return {
    clock: (ms) => clock.format(ms),
    moment: (ms) => moment.format(ms),
    day: (ms) => day.format(ms),
    month: (ms) => month.format(ms),
    year: (ms) => year.format(ms),
    date: (ms) => shortDay.format(ms),
    dateHere: (ms) => dayHere.format(ms),
    zone: (ms) => zoneName(named.formatToParts(ms)),
  };
}

const formats: Readonly<Record<TimeZone, TimeFormat>> = {
  utc: createTimeFormat(undefined, "UTC"),
  local: createTimeFormat(),
};

function chosen(): TimeFormat {
  return formats[useSettings.getState().timeZone];
}

/** In the reader's own locale and chosen zone; choosing another draws the whole page anew. */
export const times: TimeFormat = {
  clock: (ms) => chosen().clock(ms),
  moment: (ms) => chosen().moment(ms),
  day: (ms) => chosen().day(ms),
  month: (ms) => chosen().month(ms),
  year: (ms) => chosen().year(ms),
  date: (ms) => chosen().date(ms),
  dateHere: (ms) => chosen().dateHere(ms),
  zone: (ms) => chosen().zone(ms),
};

/** "5 Aug 2024, 06:45 UTC", where it stands alone. */
export function momentInZone(ms: number): string {
  return `${times.moment(ms)} ${times.zone(ms)}`;
}

const MINUTE_MS = 60_000;

/** What a clock in the chosen zone shows at that time, as if it were UTC. */
export function wallMs(ms: number): number {
  if (useSettings.getState().timeZone === "utc") return ms;
  return ms - new Date(ms).getTimezoneOffset() * MINUTE_MS;
}
