import { describe, expect, test } from "vitest";
import { part } from "./breakdown-builder";
import { monthMs, monthSlots } from "./month-slots";

function months(...names: string[]) {
  return names.map((month) => ({ ...part(), month }));
}

describe("month slots", () => {
  test("a month without an outcome keeps its room, over the turn of the year too", () => {
    const slots = monthSlots(months("2023-11", "2023-12", "2024-02"));
    expect(slots.map(({ place }) => place)).toEqual([0, 1, 3]);
  });

  test("no outcome, no slot", () => {
    expect(monthSlots([])).toEqual([]);
  });

  test("what is no month is left out", () => {
    expect(monthSlots(months("2024-01", "soon"))).toHaveLength(1);
  });

  test("a month begins with its first moment, UTC", () => {
    expect(new Date(monthMs("2024-02")).toISOString()).toBe("2024-02-01T00:00:00.000Z");
  });
});
