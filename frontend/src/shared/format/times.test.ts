import { expect, test } from "vitest";
import { createTimeFormat } from "./times";

const CRASH_MS = Date.UTC(2024, 7, 5, 1, 10);

test("times are UTC on a 24-hour clock", () => {
  const times = createTimeFormat("en-GB");
  expect(times.clock(CRASH_MS)).toBe("01:10");
  expect(times.moment(CRASH_MS)).toBe("5 Aug 2024, 01:10");
  expect(times.day(CRASH_MS)).toBe("5 Aug 2024");
});

test("midnight is 00:00, not 24:00", () => {
  expect(createTimeFormat("en-US").clock(Date.UTC(2024, 7, 5))).toBe("00:00");
});
