import { describe, expect, test } from "vitest";
import { CLOSED_PX, fittingHeight, heightAfterKey, SHORTEST_PX, tallestPx } from "./drawer-height";

const WINDOW_PX = 900;
const TALLEST_PX = tallestPx(WINDOW_PX);

describe("the drawer's height", () => {
  test.each([
    [172, 172],
    [172.4, 172],
    [60, SHORTEST_PX],
    [30, CLOSED_PX],
    [-50, CLOSED_PX],
    [5_000, TALLEST_PX],
  ])("%d px wanted are %d px", (wanted, height) => {
    expect(fittingHeight(wanted, WINDOW_PX)).toBe(height);
  });

  test("arrows grow and shrink it, down to closed and up again", () => {
    expect(heightAfterKey("ArrowUp", 172, WINDOW_PX)).toBe(196);
    expect(heightAfterKey("ArrowDown", 172, WINDOW_PX)).toBe(148);
    expect(heightAfterKey("ArrowDown", SHORTEST_PX, WINDOW_PX)).toBe(CLOSED_PX);
    expect(heightAfterKey("ArrowDown", CLOSED_PX, WINDOW_PX)).toBe(CLOSED_PX);
    expect(heightAfterKey("ArrowUp", CLOSED_PX, WINDOW_PX)).toBe(SHORTEST_PX);
  });

  test("Home closes it, End makes it as tall as it may be", () => {
    expect(heightAfterKey("Home", 172, WINDOW_PX)).toBe(CLOSED_PX);
    expect(heightAfterKey("End", 172, WINDOW_PX)).toBe(TALLEST_PX);
  });

  test("other keys mean nothing", () => {
    expect(heightAfterKey("x", 172, WINDOW_PX)).toBeNull();
  });
});
