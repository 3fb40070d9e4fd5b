import { describe, expect, test } from "vitest";
import { minuteBar, minuteBars } from "./bar-builder";
import { linePointOf } from "./chart-style";
import { continuesFrom, linePoints } from "./line-points";

const bars = minuteBars(0, 5);
const at = (minute: number) => minuteBar(minute).openMs;
const MINUTE_MS = 60_000;

describe("line points", () => {
  test("a value that is not warm or missing is a gap, and the line ends at its last value", () => {
    const values = new Map([
      [at(0), { rsi: null }],
      [at(1), { rsi: 40 }],
      [at(3), { rsi: 50 }],
      [at(9), { rsi: 60 }],
    ]);
    expect(linePoints(bars, values, "rsi", MINUTE_MS).map(({ value }) => value)).toEqual([
      null,
      40,
      null,
      50,
    ]);
  });

  test("without any value there is no line", () => {
    expect(linePoints(bars, new Map(), "rsi", MINUTE_MS)).toEqual([]);
  });

  test("nothing is drawn from a value to one that is not the next bar's", () => {
    const values = new Map([0, 1, 3, 4, 7].map((minute) => [at(minute), { rsi: 40 + minute }]));
    const withHole = [...bars, minuteBar(7)];
    const points = linePoints(withHole, values, "rsi", MINUTE_MS);
    const unseen = points.filter((point) => "color" in linePointOf(point));
    expect(unseen.map(({ openMs }) => openMs)).toEqual([at(1), at(4)]);
    expect(unseen.map(linePointOf)).toMatchObject([
      { value: 41, color: "transparent" },
      { value: 44, color: "transparent" },
    ]);
  });

  test("a line whose last value turns out to be before a gap is drawn anew", () => {
    const before = linePoints(bars, new Map([[at(0), { rsi: 40 }]]), "rsi", MINUTE_MS);
    const later = new Map([0, 2].map((minute) => [at(minute), { rsi: 40 }]));
    expect(continuesFrom(before, linePoints(bars, later, "rsi", MINUTE_MS))).toBeNull();
  });

  test("new points continue a line, anything else draws it anew", () => {
    const line = bars.map(({ openMs }, index) => ({ openMs, value: index, isBeforeGap: false }));
    expect(continuesFrom(line.slice(0, 3), line)).toBe(3);
    expect(continuesFrom(line, line)).toBe(5);
    expect(continuesFrom([], line)).toBeNull();
    expect(continuesFrom(line.slice(1), line)).toBeNull();
    expect(continuesFrom(line, line.slice(0, 3))).toBeNull();
    const healed = line.map((point, index) => (index === 1 ? { ...point, value: 9 } : point));
    expect(continuesFrom(line, healed)).toBeNull();
  });
});
