/** The bar lengths of the platform, finest first. */
export const TIMEFRAMES = ["1m", "5m", "15m", "30m", "1h", "4h", "1d"] as const;

export type Timeframe = (typeof TIMEFRAMES)[number];

const MINUTES: Readonly<Record<Timeframe, number>> = {
  "1m": 1,
  "5m": 5,
  "15m": 15,
  "30m": 30,
  "1h": 60,
  "4h": 240,
  "1d": 1440,
};

export function barMs(timeframe: Timeframe): number {
  return MINUTES[timeframe] * 60_000;
}

export function isTimeframe(text: string): text is Timeframe {
  return (TIMEFRAMES as readonly string[]).includes(text);
}

/** What a typed text means: minutes ("60" is 1h) or the name itself ("4h"). Null if nothing. */
export function typedTimeframe(typed: string): Timeframe | null {
  const name = typed.toLowerCase();
  if (isTimeframe(name)) return name;
  return TIMEFRAMES.find((timeframe) => String(MINUTES[timeframe]) === name) ?? null;
}
