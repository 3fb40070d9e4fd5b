import { describe, expect, test } from "vitest";
import { rawSignal } from "@/shared/signals/signal-builder";
import {
  readCandleTick,
  readFeedReport,
  readIndicatorTick,
  readNumbered,
  readPriceTick,
  readSignalEvent,
  readSnapshot,
} from "./read-events";

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

  test("a feed report names its state, source and kind; no state is taken for another", () => {
    const report = { state: "live", ageMs: 800, source: "binance", kind: "live" };
    expect(readFeedReport(report)).toEqual(report);
    expect(readFeedReport({ ...report, state: "asleep" })).toEqual({ ...report, state: "unknown" });
    expect(readFeedReport({ ...report, kind: "dream" })).toEqual({ ...report, kind: "dream" });
    expect(readFeedReport({ ...report, kind: undefined })).toBeNull();
  });

  test("indicators stand at the bar that they belong to", () => {
    const tick = { symbol: "ETHUSDT", timeframe: "15m", timestamp: 1, indicators: { rsi: "45.6" } };
    expect(readIndicatorTick(tick)).toEqual(tick);
    expect(readIndicatorTick({ ...tick, indicators: null })).toBeNull();
    expect(readIndicatorTick({ ...tick, timestamp: "1" })).toBeNull();
    expect(readIndicatorTick({ ...tick, symbol: undefined })).toBeNull();
  });

  test("fields, figures and words that a newer server adds keep no event out", () => {
    const ofRoom = { symbol: "ETHUSDT", timeframe: "15m" };
    const further = { mood: "calm", of: [null] };
    const tick = { ...ofRoom, candle: [...candle, 3.5, "x"], closed: true, ...further };
    expect(readCandleTick(tick)).toEqual(tick);
    const price = { symbol: "ETHUSDT", price: 2900, timestamp: 1, ...further };
    expect(readPriceTick(price)).toEqual(price);
    const snapshot = { room: "ETH/USDT_15m", epoch: "a", seq: 7, reason: "moved", ...further };
    expect(readSnapshot(snapshot)).toEqual(snapshot);
    const signal = { ...rawSignal(), signalType: "SCALE_IN", status: "paused", ...further };
    expect(readSignalEvent(signal)).toMatchObject({ type: "SCALE_IN", status: "paused" });
  });

  test("an event of any name is of the log of a room if it says so", () => {
    const event = { symbol: "ETHUSDT", timeframe: "15m", epoch: "a", seq: 7, mood: "calm" };
    expect(readNumbered(event)).toEqual(event);
    for (const part of [{ seq: -1 }, { seq: 1.5 }, { seq: "7" }, { epoch: null }, { symbol: 1 }]) {
      expect(readNumbered({ ...event, ...part })).toBeNull();
    }
  });

  test("a snapshot names its room and place", () => {
    const snapshot = { room: "ETH/USDT_15m", epoch: "a", seq: 7, reason: "too_old", absent: [] };
    expect(readSnapshot(snapshot)).toEqual(snapshot);
    expect(readSnapshot({ ...snapshot, room: undefined })).toBeNull();
    expect(readSnapshot({ ...snapshot, seq: null })).toBeNull();
  });
});
