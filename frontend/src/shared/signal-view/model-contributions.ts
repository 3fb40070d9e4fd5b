import type { ModelStatement } from "@/shared/api/ml-api";

/** What moved the model, in log-odds of the direction that it holds likeliest. */
export interface Contributions {
  readonly direction: string;
  /** The weightiest first. */
  readonly features: readonly { readonly name: string; readonly logOdds: number }[];
  readonly bias: number;
  /** Of all the other features. */
  readonly rest: number;
  /** Their sum. */
  readonly margin: number;
}

export type Explained =
  | { readonly kind: "told"; readonly contributions: Contributions }
  | { readonly kind: "other-model" }
  | { readonly kind: "silent" };

const BIAS = "bias";
const REST = "rest";

/** A model that did not speak then explains nothing of what was decided then. */
export function explained(statement: ModelStatement, modelId: string | null): Explained {
  if (statement.abstained || !statement.contributions) return { kind: "silent" };
  if (statement.model_id !== modelId) return { kind: "other-model" };
  return {
    kind: "told",
    contributions: contributionsOf(statement.contributions, statement.direction),
  };
}

function contributionsOf(told: Readonly<Record<string, number>>, direction: string): Contributions {
  const entries = Object.entries(told);
  return {
    direction,
    features: entries
      .filter(([name]) => name !== BIAS && name !== REST)
      .map(([name, logOdds]) => ({ name: name.replaceAll("_", " "), logOdds }))
      .toSorted((a, b) => Math.abs(b.logOdds) - Math.abs(a.logOdds)),
    bias: told[BIAS] ?? 0,
    rest: told[REST] ?? 0,
    margin: entries.reduce((sum, [, logOdds]) => sum + logOdds, 0),
  };
}
