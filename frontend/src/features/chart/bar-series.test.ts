import { describe, expect, test } from "vitest";
import { minuteBar, minuteBars, START_MS } from "./bar-builder";
import { acceptHole, drawnBars, emptySeries, hasHoleBefore, indexAt, withBars } from "./bar-series";

const minute = (count: number) => START_MS + count * 60_000;
const firstTen = withBars(emptySeries("1m"), minuteBars(0, 10));

describe("bar series", () => {
  test("the first page makes it complete up to the page's end", () => {
    expect(firstTen.completeUntilMs).toBe(minute(10));
    expect(withBars(emptySeries("1m"), []).completeUntilMs).toBeNull();
  });

  test("a bar that closes next completes it further", () => {
    const series = withBars(firstTen, [minuteBar(10)]);
    expect(series.bars).toEqual(minuteBars(0, 11));
    expect(series.completeUntilMs).toBe(minute(11));
  });

  test("a bar beyond a hole is kept but completes nothing", () => {
    const series = withBars(firstTen, [minuteBar(12)]);
    expect(hasHoleBefore(firstTen, minuteBar(12))).toBe(true);
    expect(series.bars).toHaveLength(11);
    expect(series.completeUntilMs).toBe(minute(10));
  });

  test("reading the missing bars heals the hole and joins what stood behind it", () => {
    const holed = withBars(firstTen, [minuteBar(12)]);
    const healed = withBars(holed, minuteBars(10, 12));
    expect(healed.bars).toEqual(minuteBars(0, 13));
    expect(healed.completeUntilMs).toBe(minute(13));
  });

  test("an outage of the exchange is a hole until it is accepted", () => {
    const series = withBars(firstTen, minuteBars(40, 45));
    expect(hasHoleBefore(series, minuteBar(45))).toBe(true);
    const accepted = acceptHole(series);
    expect(accepted.completeUntilMs).toBe(minute(45));
    expect(hasHoleBefore(accepted, minuteBar(45))).toBe(false);
  });

  test("only one hole is accepted at a time, and none where there is none", () => {
    const series = withBars(firstTen, [...minuteBars(20, 25), ...minuteBars(40, 45)]);
    expect(acceptHole(series).completeUntilMs).toBe(minute(25));
    expect(acceptHole(firstTen)).toBe(firstTen);
    expect(acceptHole(emptySeries("1m")).completeUntilMs).toBeNull();
  });

  test("the next bar, open or closed, is no hole", () => {
    expect(hasHoleBefore(firstTen, minuteBar(10))).toBe(false);
    expect(hasHoleBefore(emptySeries("1m"), minuteBar(10))).toBe(false);
  });

  test("a bar read twice changes nothing, a revised one has its new values", () => {
    expect(withBars(firstTen, [minuteBar(9)])).toBe(firstTen);
    const revised = withBars(firstTen, [minuteBar(4, 250)]);
    expect(revised.bars[4]?.close).toBe(250);
    expect(revised.bars).toHaveLength(10);
    expect(revised.bars[3]).toBe(firstTen.bars[3]);
  });

  test("older bars go in front and complete nothing", () => {
    const newest = withBars(emptySeries("1m"), minuteBars(5, 10));
    const series = withBars(newest, minuteBars(0, 6));
    expect(series.bars).toEqual(minuteBars(0, 10));
    expect(series.completeUntilMs).toBe(minute(10));
  });

  test("the open bar is drawn last, unless it has closed meanwhile", () => {
    expect(drawnBars(firstTen, minuteBar(10)).at(-1)).toEqual(minuteBar(10));
    expect(drawnBars(firstTen, minuteBar(9, 999))).toBe(firstTen.bars);
    expect(drawnBars(firstTen, null)).toBe(firstTen.bars);
  });

  test("a bar is found by its open time", () => {
    expect(indexAt(firstTen.bars, minute(7))).toBe(7);
    expect(indexAt(firstTen.bars, minute(-3))).toBe(0);
    expect(indexAt(firstTen.bars, minute(50))).toBe(10);
  });
});
