import { describe, expect, test } from "vitest";
import { sideOf } from "./signal";
import { rawSignal, tradeSignal } from "./signal-builder";

/** What a server that is newer than this page may send. */
function unforeseen(changes: Record<string, unknown>) {
  return tradeSignal(changes);
}

describe("reading a signal", () => {
  test("prices become numbers, the symbol its spoken form", () => {
    const read = tradeSignal();
    expect(read.symbol).toBe("ETH/USDT");
    expect(read.levels).toEqual({
      entry: 2730.48,
      zoneMin: 2716.83,
      zoneMax: 2744.13,
      stop: 2791.78,
      targets: [2648.74, 2607.87, 2567],
    });
  });

  test("the points of the evidence add up to the score", () => {
    const { evidence, score } = tradeSignal();
    const sum = evidence.reduce((total, { points }) => total + points, 0);
    expect(Math.abs(sum - score)).toBeLessThan(1e-9);
  });

  test("a HOLD has no levels, and points without sentences", () => {
    const reasoning = { ...rawSignal().reasoning, evidence: [{ family: "trend", points: 0.1 }] };
    const hold = tradeSignal({ signalType: "HOLD", stopLoss: null, reasoning });
    expect(hold.levels).toBeNull();
    expect(hold.evidence).toEqual([
      { family: "trend", points: 0.1, value: null, weight: null, sentence: null },
    ]);
  });

  test("unknown values and further fields of a newer server break nothing", () => {
    const reasoning = {
      ...rawSignal().reasoning,
      evidence: [null, { family: "sentiment", points: 0.2, mood: "?" }, { family: 3 }],
      summary: 7,
    };
    const read = unforeseen({ signalType: "SCALE_IN", status: "paused", extra: 1, reasoning });
    expect(read).toMatchObject({ type: "SCALE_IN", status: "paused", summary: "" });
    expect(read.evidence.map(({ family }) => family)).toEqual(["sentiment"]);
    expect(sideOf(read)).toBe(0);
  });

  test("a target that is missing is left out", () => {
    expect(tradeSignal({ takeProfit3: null }).levels?.targets).toHaveLength(2);
  });
});
