import { describe, expect, test } from "vitest";
import { tradeSignal } from "@/shared/signals/signal-builder";
import { waterfall } from "./waterfall-steps";

describe("waterfall", () => {
  test("each row begins where the one before it ended, and the last ends at the score", () => {
    const signal = tradeSignal();
    const { steps, rest } = waterfall(signal);
    steps.slice(1).forEach((step, index) => expect(step.from).toBe(steps[index]?.until));
    expect(Math.abs((steps.at(-1)?.until ?? NaN) - signal.score)).toBeLessThan(1e-9);
    expect(rest).toBe(0);
  });

  test("what the rows do not explain is a row of its own, never hidden", () => {
    const { rest, steps } = waterfall({ ...tradeSignal(), score: -0.3 });
    expect((steps.at(-1)?.until ?? NaN) + rest).toBeCloseTo(-0.3, 12);
    expect(rest).not.toBe(0);
  });

  test("zero, both thresholds and every sum are inside the drawing", () => {
    const signal = tradeSignal();
    const { span, steps } = waterfall(signal);
    const all = [0, signal.threshold, -signal.threshold, ...steps.map(({ until }) => until)];
    for (const value of all) {
      expect(value).toBeGreaterThan(span[0]);
      expect(value).toBeLessThan(span[1]);
    }
  });

  test("without evidence the score still stands", () => {
    expect(waterfall({ evidence: [], score: 0.2, threshold: 0.4 })).toMatchObject({
      steps: [],
      rest: 0.2,
    });
  });
});
