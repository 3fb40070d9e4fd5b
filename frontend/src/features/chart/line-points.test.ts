import { describe, expect, test } from "vitest";
import { minuteBar, minuteBars } from "./bar-builder";
import { continuesFrom, linePoints } from "./line-points";

const bars = minuteBars(0, 5);
const at = (minute: number) => minuteBar(minute).openMs;

describe("line points", () => {
  test("a value that is not warm or missing is a gap, and the line ends at its last value", () => {
    const values = new Map([
      [at(0), { rsi: null }],
      [at(1), { rsi: 40 }],
      [at(3), { rsi: 50 }],
      [at(9), { rsi: 60 }],
    ]);
    expect(linePoints(bars, values, "rsi").map(({ value }) => value)).toEqual([null, 40, null, 50]);
  });

  test("without any value there is no line", () => {
    expect(linePoints(bars, new Map(), "rsi")).toEqual([]);
  });

  test("new points continue a line, anything else draws it anew", () => {
    const line = bars.map(({ openMs }, index) => ({ openMs, value: index }));
    expect(continuesFrom(line.slice(0, 3), line)).toBe(3);
    expect(continuesFrom(line, line)).toBe(5);
    expect(continuesFrom([], line)).toBeNull();
    expect(continuesFrom(line.slice(1), line)).toBeNull();
    expect(continuesFrom(line, line.slice(0, 3))).toBeNull();
    const healed = line.map((point, index) => (index === 1 ? { ...point, value: 9 } : point));
    expect(continuesFrom(line, healed)).toBeNull();
  });
});
