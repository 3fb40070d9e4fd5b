import { describe, expect, test } from "vitest";
import { breakdown, emptyBreakdown } from "./breakdown-builder";
import { indexAt, pointAt } from "./equity-walk";

const { equity } = breakdown();

describe("equity walk", () => {
  test("a point has the signal, the sum and the baselines of that exit", () => {
    expect(pointAt(equity, 1)).toMatchObject({
      side: "SELL",
      netR: -1.1,
      sum: 0.2,
      random: { low: -14, mean: -9, high: -4 },
      heldPercent: -1.5,
    });
  });

  test("without baselines there is still the curve", () => {
    expect(pointAt({ ...equity, baselines: null }, 0)).toMatchObject({
      sum: 1.3,
      random: null,
      heldPercent: null,
    });
  });

  test("beyond the last exit there is nothing", () => {
    expect(pointAt(equity, 3)).toBeUndefined();
    expect(pointAt(emptyBreakdown().equity, 0)).toBeUndefined();
  });

  test.each([
    [5, 0],
    [10, 0],
    [19, 0],
    [20, 2],
    [99, 3],
  ])("at %d the last exit is the one at place %d", (atMs, index) => {
    expect(indexAt([10, 20, 20, 40], atMs)).toBe(index);
  });
});
