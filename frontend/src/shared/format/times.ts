/** All times of the dashboard are UTC, as the exchange's bars are. */
export interface TimeFormat {
  /** "06:45" */
  readonly clock: (ms: number) => string;
  /** "5 Aug 2024, 06:45" */
  readonly moment: (ms: number) => string;
  /** "5 Aug 2024" */
  readonly day: (ms: number) => string;
}

export function createTimeFormat(locale?: string): TimeFormat {
  const date = { year: "numeric", month: "short", day: "numeric", timeZone: "UTC" } as const;
  const time = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "UTC" } as const;
  const clock = new Intl.DateTimeFormat(locale, time);
  const moment = new Intl.DateTimeFormat(locale, { ...date, ...time });
  const day = new Intl.DateTimeFormat(locale, date);
  return {
    clock: (ms) => clock.format(ms),
    moment: (ms) => moment.format(ms),
    day: (ms) => day.format(ms),
  };
}

/** In the reader's own locale, in UTC. */
export const times = createTimeFormat();
