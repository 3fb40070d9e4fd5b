import { describe, expect, test } from "vitest";
import { minuteBars, START_MS } from "./bar-builder";
import { placeOf, timeAt } from "./bar-times";

const ten = minuteBars(0, 10);
const holed = ten.filter((_, index) => index < 3 || index > 6);
const minute = (count: number) => START_MS + count * 60_000;

describe("bar times", () => {
  test.each([
    [0, 0],
    [4.5, 4.5],
    [9, 9],
    [12, 12],
    [-3, -3],
  ])("place %d is minute %d, beyond the bars as well", (place, at) => {
    expect(timeAt(ten, "1m", place)).toBe(minute(at));
    expect(placeOf(ten, "1m", minute(at))).toBe(place);
  });

  test("a hole takes one place", () => {
    expect(timeAt(holed, "1m", 3)).toBe(minute(7));
    expect(placeOf(holed, "1m", minute(4.5))).toBeCloseTo(2.5);
  });

  test("without bars there is no place", () => {
    expect(timeAt([], "1m", 0)).toBeNull();
    expect(placeOf([], "1m", 0)).toBeNull();
  });
});
