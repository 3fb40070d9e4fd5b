import { expect, test } from "vitest";
import { bandPath, linePath, stepPath } from "./paths";

const RISING = [
  { x: 0, y: 10 },
  { x: 5, y: 4 },
];

test("a line goes straight from point to point", () => {
  expect(linePath(RISING)).toBe("M0.0 10.0L5.0 4.0");
});

test("a step keeps its value until the next point", () => {
  expect(stepPath(RISING)).toBe("M0.0 10.0H5.0V4.0");
});

test("a band goes out along one line and back along the other", () => {
  const lower = [
    { x: 0, y: 12 },
    { x: 5, y: 8 },
  ];
  expect(bandPath(RISING, lower)).toBe("M0.0 10.0L5.0 4.0L5.0 8.0L0.0 12.0Z");
});

test("nothing draws nothing", () => {
  expect([linePath([]), stepPath([]), bandPath([], [])]).toEqual(["", "", ""]);
});
