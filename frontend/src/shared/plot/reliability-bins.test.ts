import { expect, test } from "vitest";
import { reliabilityBins, type ConfidenceBin } from "./reliability-bins";

const BIN = {
  meanConfidence: 45.7,
  n: 107,
  hitRate: 0.514,
  hitRateLow: 0.42,
  hitRateHigh: 0.625,
} as ConfidenceBin;

test("bins are drawn in percent, and those with too few outcomes are not drawn", () => {
  const few = { ...BIN, n: 12, hitRate: null, hitRateLow: null, hitRateHigh: null };
  expect(reliabilityBins([few, BIN])).toEqual([
    { meanPercent: 45.7, hitRatePercent: 51.4, lowPercent: 42, highPercent: 62.5, count: 107 },
  ]);
});
