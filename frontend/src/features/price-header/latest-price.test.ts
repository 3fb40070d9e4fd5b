import { expect, test } from "vitest";
import { latestPrice } from "./latest-price";

const read = { symbol: "ETH/USDT", price: 10, timestamp: 100, change24h: -2, high24h: 12 };

test("a newer push wins and keeps the day's figures that were read", () => {
  const pushed = { symbol: "ETHUSDT", price: 11, timestamp: 101 };
  expect(latestPrice(read, pushed)).toMatchObject({ price: 11, change24h: -2, high24h: 12 });
});

test("an older push does not turn the price back", () => {
  const pushed = { symbol: "ETHUSDT", price: 9, timestamp: 99 };
  expect(latestPrice(read, pushed)).toMatchObject({ price: 10 });
});

test("one of them is enough, none is nothing", () => {
  expect(latestPrice(read, null)).toBe(read);
  expect(latestPrice(undefined, read)).toBe(read);
  expect(latestPrice(undefined, null)).toBeNull();
});
