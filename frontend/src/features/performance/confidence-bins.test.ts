import { expect, test } from "vitest";
import { breakdown } from "./breakdown-builder";
import { reliabilityBins } from "./confidence-bins";

test("bins are drawn in percent, and those with too few outcomes are not drawn", () => {
  const bins = reliabilityBins(breakdown().byConfidence);
  expect(bins).toHaveLength(1);
  expect(bins[0]).toMatchObject({ meanPercent: 46.5, hitRatePercent: 47, count: 88 });
  expect(bins[0]?.lowPercent).toBeCloseTo(37.5);
});
