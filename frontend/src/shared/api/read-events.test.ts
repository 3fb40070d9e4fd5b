import { describe, expect, test } from "vitest";
import { readCandleTick, readFeedReport, readPriceTick } from "./read-events";

const candle = [1_722_807_000_000, 2900, 2910, 2890, 2905, 12.5];

describe("events from the server", () => {
  test("a candle is read", () => {
    const payload = { symbol: "ETHUSDT", timeframe: "15m", candle, closed: false };
    expect(readCandleTick(payload)).toEqual(payload);
  });

  test.each([
    null,
    "text",
    {},
    { symbol: "ETHUSDT", timeframe: "15m", candle: candle.slice(0, 5), closed: false },
    { symbol: "ETHUSDT", timeframe: "15m", candle: [...candle.slice(0, 5), null], closed: false },
    { symbol: "ETHUSDT", timeframe: "15m", candle },
  ])("%j is no candle", (payload) => {
    expect(readCandleTick(payload)).toBeNull();
  });

  test("a price must be a positive number", () => {
    const tick = { symbol: "ETHUSDT", price: 2900, timestamp: 1 };
    expect(readPriceTick(tick)).toEqual(tick);
    expect(readPriceTick({ ...tick, price: "2900" })).toBeNull();
    expect(readPriceTick({ ...tick, price: NaN })).toBeNull();
  });

  test("a feed report names a known state, its source and its kind", () => {
    const report = { state: "live", ageMs: 800, source: "binance", kind: "live" };
    expect(readFeedReport(report)).toEqual(report);
    expect(readFeedReport({ ...report, state: "asleep" })).toBeNull();
    expect(readFeedReport({ ...report, kind: "dream" })).toBeNull();
  });
});
