import { describe, expect, test } from "vitest";
import { minuteBar, minuteBars } from "./bar-builder";
import { planRedraw } from "./redraw";

const ten = minuteBars(0, 10);

describe("redraw", () => {
  test("nothing new draws nothing", () => {
    expect(planRedraw(ten, ten, 0)).toEqual({ kind: "none" });
    expect(planRedraw(ten, [...ten], 0)).toEqual({ kind: "none" });
  });

  test("a moving or an appended bar touches only the tail", () => {
    expect(planRedraw(ten, [...ten.slice(0, 9), minuteBar(9, 5)], 0)).toEqual({
      kind: "tail",
      from: 9,
    });
    expect(planRedraw(ten, [...ten, minuteBar(10)], 0)).toEqual({ kind: "tail", from: 10 });
  });

  test("older bars in front shift everything to the right", () => {
    const after = [...minuteBars(-5, 0), ...ten];
    expect(planRedraw(ten, after, 3)).toEqual({ kind: "all", shift: 5 });
  });

  test("a healed hole shifts only what is right of it", () => {
    const holed = ten.slice(0, 6).filter((_, index) => index !== 2 && index !== 3);
    const healed = ten.slice(0, 6);
    expect(planRedraw(holed, healed, 0)).toEqual({ kind: "all", shift: 0 });
    expect(planRedraw(holed, healed, 2)).toEqual({ kind: "all", shift: 2 });
  });

  test("a bar whose place was taken by an earlier one draws everything", () => {
    const before = [minuteBar(0), minuteBar(5)];
    const after = [before[0] ?? minuteBar(0), minuteBar(1), minuteBar(5)];
    expect(planRedraw(before, after, 1).kind).toBe("all");
  });

  test("fewer bars, or the first ones, draw everything", () => {
    expect(planRedraw(ten, ten.slice(0, 4), 0).kind).toBe("all");
    expect(planRedraw([], ten, 0)).toEqual({ kind: "all", shift: 0 });
  });
});
