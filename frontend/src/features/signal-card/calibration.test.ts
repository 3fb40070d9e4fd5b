import { describe, expect, test } from "vitest";
import { binOf, binsOf, drawnBins, type ConfidenceBin } from "./calibration";

function bin(changes: Partial<ConfidenceBin>): ConfidenceBin {
  return {
    calibrated: true,
    fromPercent: 40,
    untilPercent: 50,
    meanConfidence: 45.7,
    n: 107,
    hitRate: 0.514,
    hitRateLow: 0.42,
    hitRateHigh: 0.625,
    ...changes,
  } as ConfidenceBin;
}

describe("calibration", () => {
  test("measured chances and sizes of scores are never drawn together", () => {
    const byConfidence = [bin({ calibrated: false }), bin({})];
    expect(binsOf({ byConfidence }, true)).toEqual([byConfidence[1]]);
  });

  test("bins with too few outcomes are not drawn", () => {
    const few = bin({ n: 12, hitRate: null, hitRateLow: null, hitRateHigh: null });
    expect(drawnBins([few, bin({})])).toEqual([
      { meanPercent: 45.7, hitRatePercent: 51.4, lowPercent: 42, highPercent: 62.5, count: 107 },
    ]);
  });

  test("a signal finds the bin of its own confidence; the last bin holds 100", () => {
    const bins = [bin({}), bin({ fromPercent: 90, untilPercent: 100 })];
    expect(binOf(bins, { confidence: 40 })).toBe(bins[0]);
    expect(binOf(bins, { confidence: 50 })).toBeUndefined();
    expect(binOf(bins, { confidence: 100 })).toBe(bins[1]);
  });
});
