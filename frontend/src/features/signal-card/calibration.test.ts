import { describe, expect, test } from "vitest";
import type { ConfidenceBin } from "@/shared/plot/reliability-bins";
import { binOf, binsOf } from "./calibration";

function bin(changes: Partial<ConfidenceBin>): ConfidenceBin {
  return {
    calibrated: true,
    fromPercent: 40,
    untilPercent: 50,
    ...changes,
  } as ConfidenceBin;
}

describe("calibration", () => {
  test("measured chances and sizes of scores are never drawn together", () => {
    const byConfidence = [bin({ calibrated: false }), bin({})];
    expect(binsOf({ byConfidence }, true)).toEqual([byConfidence[1]]);
  });

  test("a signal finds the bin of its own confidence; the last bin holds 100", () => {
    const bins = [bin({}), bin({ fromPercent: 90, untilPercent: 100 })];
    expect(binOf(bins, { confidence: 40 })).toBe(bins[0]);
    expect(binOf(bins, { confidence: 50 })).toBeUndefined();
    expect(binOf(bins, { confidence: 100 })).toBe(bins[1]);
  });
});
