import { expect, test } from "vitest";
import { atPrice } from "./open-bar";

const OPEN_MS = Date.UTC(2024, 7, 5, 1, 10);
const open = { openMs: OPEN_MS, open: 99, high: 102, low: 98, close: 100, volume: 10 };
const tick = { symbol: "ETHUSDT", price: 140, timestamp: OPEN_MS + 30_000 };

test("a price inside the open bar moves its close and stretches its range", () => {
  expect(atPrice(open, tick, "1m")).toEqual({ ...open, high: 140, close: 140 });
  expect(atPrice(open, { ...tick, price: 90 }, "1m")).toEqual({ ...open, low: 90, close: 90 });
});

test("a price of another bar changes nothing", () => {
  expect(atPrice(open, { ...tick, timestamp: OPEN_MS + 60_000 }, "1m")).toBe(open);
  expect(atPrice(open, { ...tick, timestamp: OPEN_MS - 1 }, "1m")).toBe(open);
});
