import { expect, test } from "vitest";
import { filledPath } from "./filled-path";

test("the parts of a path are put in their places", () => {
  expect(filledPath("/api/signals/{signal_id}/replay", { signal_id: "a-1" })).toBe(
    "/api/signals/a-1/replay",
  );
});

test("what would lead elsewhere is escaped", () => {
  expect(filledPath("/api/signals/{signal_id}", { signal_id: "../x?y#z" })).toBe(
    "/api/signals/..%2Fx%3Fy%23z",
  );
});

test("a path without places stays as it is", () => {
  expect(filledPath("/api/market/price", {})).toBe("/api/market/price");
});
