import { describe, expect, test } from "vitest";
import { START_MS } from "./bar-builder";
import { fittedRange, isOutOfReach } from "./fitted-range";

const MINUTE_MS = 60_000;

describe("a range from an address", () => {
  test("of a usual length stays", () => {
    const range = { fromMs: START_MS, toMs: START_MS + 100 * MINUTE_MS };
    expect(fittedRange(range, "1m")).toEqual(range);
  });

  test.each([
    [3, 20],
    [90_000, 5_000],
  ])("of %d bars is made one of %d that ends at the same time", (bars, fitted) => {
    const toMs = START_MS + bars * MINUTE_MS;
    expect(fittedRange({ fromMs: START_MS, toMs }, "1m")).toEqual({
      fromMs: toMs - fitted * MINUTE_MS,
      toMs,
    });
  });

  test("that ended ages ago is not read", () => {
    const newestMs = START_MS + 30_000 * MINUTE_MS;
    expect(isOutOfReach({ fromMs: 0, toMs: START_MS }, "1m", newestMs)).toBe(true);
    expect(isOutOfReach({ fromMs: 0, toMs: START_MS }, "1h", newestMs)).toBe(false);
  });
});
