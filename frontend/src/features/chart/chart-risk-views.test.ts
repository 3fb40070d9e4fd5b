import { describe, expect, test } from "vitest";
import { labelStart } from "./chart-risk-views";

describe("the label of a risk level", () => {
  test("stands at the pane's right edge while the signal runs, away from its mark", () => {
    expect(labelStart({ left: 300, right: null }, 20, 800)).toBe(776);
  });

  test("stands before the line of a signal that has ended, and never out of the pane", () => {
    expect(labelStart({ left: 300, right: 500 }, 20, 800)).toBe(276);
    expect(labelStart({ left: -50, right: 500 }, 20, 800)).toBe(4);
  });
});
