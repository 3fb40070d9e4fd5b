import { describe, expect, test } from "vitest";
import { tradeSignal } from "@/shared/signals/signal-builder";
import { netR, riskRows } from "./risk-rows";

const SELL = tradeSignal({ feePercentPerSide: 0.1 });

describe("risk rows", () => {
  test("entry, stop and targets stand in the order in which they are read", () => {
    expect(riskRows(SELL).map(({ level }) => level)).toEqual([
      "entry",
      "stop",
      { target: 1 },
      { target: 2 },
      { target: 3 },
    ]);
  });

  test("net R is that of the platform's own outcome at take-profit 1", () => {
    const levels = { entry: 2730.48, stop: 2791.783795 };
    expect(netR(-1, levels, 2648.74160666, 0.1)).toBeCloseTo(1.2455863741117557, 12);
  });

  test("the stop costs more than one R, because fees come on top", () => {
    const stop = riskRows(SELL).find(({ level }) => level === "stop");
    expect(stop?.netR).toBeLessThan(-1);
    expect(stop?.percent).toBeCloseTo(2.245, 3);
  });

  test("a BUY is the mirror of a SELL", () => {
    const free = { entry: 100, stop: 90 };
    expect(netR(1, free, 120, 0)).toBe(2);
    expect(netR(-1, { entry: 100, stop: 110 }, 80, 0)).toBe(2);
  });

  test("without risk there is nothing to measure in", () => {
    expect(netR(1, { entry: 100, stop: 100 }, 120, 0)).toBeNull();
  });

  test("a HOLD has no levels", () => {
    expect(riskRows(tradeSignal({ signalType: "HOLD", stopLoss: null }))).toEqual([]);
  });
});
