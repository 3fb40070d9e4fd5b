import { expect, test } from "vitest";
import { createDurationFormat } from "./durations";

const english = createDurationFormat("en-US");

test.each([
  [0, "0 ms"],
  [44.4, "44 ms"],
  [1_999, "1,999 ms"],
  [2_000, "2 sec"],
  [90_000, "90 sec"],
  [150_000, "2 min"],
  [7_200_000, "2 hr"],
  [172_800_000, "2 days"],
])("%d milliseconds are %s", (ms, said) => {
  expect(english(ms)).toBe(said);
});

test("a clock that is behind makes no negative age", () => {
  expect(english(-5)).toBe("0 ms");
});

test("units are the reader's", () => {
  expect(createDurationFormat("de-DE")(90_000)).toBe("90 Sek.");
});
