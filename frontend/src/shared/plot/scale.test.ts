import { describe, expect, test } from "vitest";
import { linearScale, roundTicks, spanAround } from "./scale";

describe("scale", () => {
  test("values lie between the pixels of the span's ends, downwards too", () => {
    const y = linearScale([-2, 2], [100, 0]);
    expect([y(-2), y(0), y(2)]).toEqual([100, 50, 0]);
  });

  test("a span of nothing lies in the middle", () => {
    expect(linearScale([3, 3], [0, 80])(3)).toBe(40);
  });

  test.each([
    [-1.2, 3.4, 4, [0, 2]],
    [0, 100, 4, [0, 50, 100]],
    [0, 0.31, 3, [0, 0.2]],
    [-40, 10, 5, [-40, -30, -20, -10, 0, 10]],
  ])("ticks from %d to %d are round", (low, high, count, ticks) => {
    expect(roundTicks(low, high, count)).toEqual(ticks);
  });

  test("ticks of tenths are the numbers that they say", () => {
    expect(roundTicks(0, 0.3, 3)).toEqual([0, 0.1, 0.2, 0.3]);
  });

  test("a span around values has zero in it, and room beyond the values", () => {
    expect(spanAround([2, 10], 0.1)).toEqual([0, 11]);
    expect(spanAround([-10, -2], 0.1)).toEqual([-11, 0]);
    expect(spanAround([])).toEqual([-1, 1]);
  });
});
