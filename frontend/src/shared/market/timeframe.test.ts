import { describe, expect, test } from "vitest";
import { barMs, isTimeframe, typedTimeframe } from "./timeframe";

describe("timeframe", () => {
  test("a bar lasts what its name says", () => {
    expect(barMs("1m")).toBe(60_000);
    expect(barMs("4h")).toBe(4 * 3_600_000);
    expect(barMs("1d")).toBe(86_400_000);
  });

  test.each([
    ["1", "1m"],
    ["15", "15m"],
    ["60", "1h"],
    ["240", "4h"],
    ["1440", "1d"],
    ["4H", "4h"],
  ])("typing %s means %s", (typed, timeframe) => {
    expect(typedTimeframe(typed)).toBe(timeframe);
  });

  test.each(["", "2", "1w", "toString"])("typing %j means nothing", (typed) => {
    expect(typedTimeframe(typed)).toBeNull();
    expect(isTimeframe(typed)).toBe(false);
  });
});
