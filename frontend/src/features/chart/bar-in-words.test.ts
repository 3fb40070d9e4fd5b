import { expect, test } from "vitest";
import { minuteBar, START_MS } from "./bar-builder";
import { barInWords, changePercent, openedAt } from "./bar-in-words";

test("the change is in percent of the close before", () => {
  expect(changePercent(minuteBar(1, 110), minuteBar(0, 100))).toBeCloseTo(10);
  expect(changePercent(minuteBar(1, 90), minuteBar(0, 100))).toBeCloseTo(-10);
});

test("the first bar that is known has no change", () => {
  expect(changePercent(minuteBar(0), undefined)).toBeNull();
  expect(barInWords(minuteBar(0), undefined).change).toBe("–");
});

test("a daily bar is named by its day alone", () => {
  const bar = { ...minuteBar(0), openMs: START_MS };
  expect(openedAt(bar, "1d")).not.toMatch(/00:00/);
  expect(openedAt(bar, "1h")).toMatch(/00:00/);
});
