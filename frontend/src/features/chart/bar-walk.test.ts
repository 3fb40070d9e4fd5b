import { describe, expect, test } from "vitest";
import { stepTo } from "./bar-walk";

describe("walking the bars", () => {
  test("arrows go one bar, with Shift ten", () => {
    expect(stepTo("ArrowLeft", 50, 100, false)).toBe(49);
    expect(stepTo("ArrowRight", 50, 100, true)).toBe(60);
  });

  test("the walk ends at the first and at the newest bar", () => {
    expect(stepTo("ArrowLeft", 3, 100, true)).toBe(0);
    expect(stepTo("ArrowRight", 99, 100, false)).toBe(99);
    expect(stepTo("Home", 50, 100, false)).toBe(0);
    expect(stepTo("End", 50, 100, false)).toBe(99);
  });

  test("Escape leaves, other keys are not for the chart", () => {
    expect(stepTo("Escape", 50, 100, false)).toBeNull();
    expect(stepTo("Tab", 50, 100, false)).toBeUndefined();
    expect(stepTo("1", 50, 100, false)).toBeUndefined();
  });
});
