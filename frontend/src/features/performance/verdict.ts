import type { Schema } from "@/shared/api/contract";

export type Part = Schema<"PartFigures">;

/** Values between which a figure lies, and the figure itself. */
export interface Interval {
  readonly low: number;
  readonly at: number;
  readonly high: number;
}

export interface Verdict {
  /** The mean net R against zero. */
  readonly money: "gained" | "lost" | "unclear";
  /** The mean net R against what random entries made; null where there are none to compare. */
  readonly luck: "better" | "worse" | "alike" | null;
}

/** Standard errors to either side of a mean that make its 95 % interval. */
const STANDARD_ERRORS_95 = 1.96;

/** The 95 % interval of the mean net R; null where there are too few outcomes for one. */
export function meanInterval({ meanNetR, netRStandardError }: Part): Interval | null {
  if (meanNetR === null || netRStandardError === null) return null;
  const reach = STANDARD_ERRORS_95 * netRStandardError;
  return { low: meanNetR - reach, at: meanNetR, high: meanNetR + reach };
}

/**
 * What random entries made, an entry, 5th to 95th percentile: the end of their paths by count.
 * Null without random entries.
 */
export function randomInterval(equity: Schema<"EquityFigures">, count: number): Interval | null {
  const random = equity.baselines?.randomEntries;
  const [low, at, high] = [random?.percentile5, random?.mean, random?.percentile95].map((path) =>
    path?.at(-1),
  );
  if (low === undefined || at === undefined || high === undefined || count === 0) return null;
  return { low: low / count, at: at / count, high: high / count };
}

function judgeMoney({ low, high }: Interval): Verdict["money"] {
  if (low > 0) return "gained";
  return high < 0 ? "lost" : "unclear";
}

function judgeLuck({ at }: Interval, random: Interval): Verdict["luck"] {
  if (at > random.high) return "better";
  return at < random.low ? "worse" : "alike";
}

/** What it comes to; null where there are too few outcomes to say anything. */
export function judge(mean: Interval | null, random: Interval | null): Verdict | null {
  return mean && { money: judgeMoney(mean), luck: random && judgeLuck(mean, random) };
}
