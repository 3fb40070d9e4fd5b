import { describe, expect, test } from "vitest";
import { part } from "./breakdown-builder";
import { monthFrame } from "./month-frame";
import { monthSlots } from "./month-slots";

function frameOf(...months: string[]) {
  return monthFrame(monthSlots(months.map((month) => ({ ...part(), month }))), 664);
}

describe("month frame", () => {
  test("every month has the same room, those without an outcome too", () => {
    const { x, left, right } = frameOf("2024-01", "2024-02", "2024-04");
    expect([x(0), x(4)]).toEqual([left, right]);
    expect(x(1) - x(0)).toBe(150);
  });

  test("a month's time stands below the middle of its room", () => {
    const { x, inTime } = frameOf("2024-01", "2024-04");
    expect(inTime(Date.UTC(2024, 0))).toBe(x(0.5));
    expect(inTime(Date.UTC(2024, 3))).toBe(x(3.5));
  });

  test.each([[["2024-07"]], [["2024-07", "2024-08"]]])("%j are told by months", (months) => {
    const { times } = frameOf(...months);
    expect(times.unit).toBe("month");
    expect(times.ticks).toHaveLength(months.length);
  });

  test("many years are told by years", () => {
    expect(frameOf("2017-09", "2024-08").times.unit).toBe("year");
  });
});
