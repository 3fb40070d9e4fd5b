import { describe, expect, test } from "vitest";
import { timeTicks } from "./time-ticks";

function ticksOf(from: string, until: string, count: number): readonly string[] {
  const { ticks } = timeTicks(Date.parse(from), Date.parse(until), count);
  return ticks.map((ms) => new Date(ms).toISOString().slice(0, 16));
}

describe("time ticks", () => {
  test("seven years are told by years", () => {
    expect(ticksOf("2017-09-02", "2024-08-05", 8)).toEqual(
      ["2018", "2019", "2020", "2021", "2022", "2023", "2024"].map((year) => `${year}-01-01T00:00`),
    );
    expect(timeTicks(Date.parse("2017-09-02"), Date.parse("2024-08-05"), 8).unit).toBe("year");
  });

  test("half a year is told by months", () => {
    expect(ticksOf("2024-02-10", "2024-07-20", 6)).toEqual([
      "2024-03-01T00:00",
      "2024-04-01T00:00",
      "2024-05-01T00:00",
      "2024-06-01T00:00",
      "2024-07-01T00:00",
    ]);
  });

  test("a week is told by days, an afternoon by hours", () => {
    expect(ticksOf("2024-08-01T12:00Z", "2024-08-08T12:00Z", 4)).toEqual([
      "2024-08-03T00:00",
      "2024-08-05T00:00",
      "2024-08-07T00:00",
    ]);
    expect(ticksOf("2024-08-01T12:10Z", "2024-08-01T16:10Z", 4)).toHaveLength(4);
  });

  test("a moment has no ticks but its own", () => {
    expect(ticksOf("2024-08-01", "2024-08-01", 4)).toEqual(["2024-08-01T00:00"]);
  });
});
