import type { Evidence, TradeSignal } from "@/shared/signals/signal";

/** One family's points, laid on from where those before it had come to. */
export interface Step extends Evidence {
  readonly from: number;
  readonly until: number;
}

export interface Waterfall {
  /** In the order in which the platform adds them. */
  readonly steps: readonly Step[];
  /** What the score holds beyond the rows that could be read; 0 where they are complete. */
  readonly rest: number;
  /** The points that the drawing reaches over: zero, both θ and every step. */
  readonly span: readonly [low: number, high: number];
}

/** Rows add up to the score so closely; sums in another order may differ in the last bits. */
const TOLERANCE = 1e-9;
const SLACK = 0.04;

export function waterfall({
  evidence,
  score,
  threshold,
}: Pick<TradeSignal, "evidence" | "score" | "threshold">): Waterfall {
  const steps = stepsOf(evidence);
  const missing = score - (steps.at(-1)?.until ?? 0);
  const ends = [0, score, -threshold, threshold, ...steps.map(({ until }) => until)];
  const slack = SLACK * (Math.max(...ends) - Math.min(...ends));
  return {
    steps,
    rest: Math.abs(missing) < TOLERANCE ? 0 : missing,
    span: [Math.min(...ends) - slack, Math.max(...ends) + slack],
  };
}

function stepsOf(evidence: readonly Evidence[]): readonly Step[] {
  let until = 0;
  return evidence.map((row) => {
    const from = until;
    until += row.points;
    return { ...row, from, until };
  });
}
