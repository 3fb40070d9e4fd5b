import { expect, test } from "vitest";
import { minuteBar } from "./bar-builder";
import { barInWords, changePercent } from "./bar-in-words";

test("the change is in percent of the close before", () => {
  expect(changePercent(minuteBar(1, 110), minuteBar(0, 100))).toBeCloseTo(10);
  expect(changePercent(minuteBar(1, 90), minuteBar(0, 100))).toBeCloseTo(-10);
});

test("the first bar that is known has no change", () => {
  expect(changePercent(minuteBar(0), undefined)).toBeNull();
  expect(barInWords(minuteBar(0), undefined).change).toBe("–");
});
