import type { TradeSignal } from "@/shared/signals/signal";
import { silenceOf } from "@/shared/signals/silence";

/** The families in the order in which the matrix lists them. */
export const FAMILIES = ["trend", "momentum", "volatility", "volume", "patterns", "ml"] as const;

export type Family = (typeof FAMILIES)[number];

/** What each family can add at most, by the engine that decided. */
export type Weights = ReadonlyMap<string, number>;

/** What one family said on one timeframe. */
export interface Voice {
  /** −1…1, positive for BUY; null where only the points' sign is known. */
  readonly value: number | null;
  readonly points: number;
}

/** The weights that a BUY or SELL tells; null for a HOLD, which keeps its points alone. */
export function weightsOf({ evidence }: Pick<TradeSignal, "evidence">): Weights | null {
  const told = evidence.flatMap(({ family, weight }) =>
    weight === null || weight === 0 ? [] : [[family, weight] as const],
  );
  return told.length > 0 ? new Map(told) : null;
}

/**
 * Null where the family has no voice: it is not in the evidence, or its source was not there.
 * points = weight × value, so a HOLD's value is its points over the weight of its engine.
 */
export function voiceOf(
  decision: TradeSignal,
  family: Family,
  weights: Weights | null,
): Voice | null {
  const row = decision.evidence.find((one) => one.family === family);
  if (!row || isSilent(decision, family)) return null;
  const weight = weights?.get(family);
  const value = row.value ?? (weight === undefined ? null : row.points / weight);
  return { value, points: row.points };
}

function isSilent(decision: TradeSignal, family: Family): boolean {
  if (family === "ml") return silenceOf(decision) !== null;
  const { absent } = decision.raw.reasoning as { readonly absent?: Readonly<object> };
  return absent !== undefined && family in absent;
}

/** How loud a voice is; "some" where its direction is known and its strength is not. */
export type Loudness = "none" | "weak" | "some" | "clear" | "strong";

const QUIET = 0.05;
const CLEAR = 1 / 3;
const STRONG = 2 / 3;

export function loudnessOf({ value, points }: Voice): Loudness {
  if (value === null) return points === 0 ? "none" : "some";
  const size = Math.abs(value);
  if (size < QUIET) return "none";
  return size < CLEAR ? "weak" : size < STRONG ? "clear" : "strong";
}
