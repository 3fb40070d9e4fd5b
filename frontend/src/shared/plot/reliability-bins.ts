import type { Schema } from "@/shared/api/contract";
import type { ReliabilityBin } from "./ReliabilityPlot";

export type ConfidenceBin = Schema<"ConfidenceFigures">;

/** What can be drawn: bins with too few outcomes have no hit rate and stay in the table. */
export function reliabilityBins(bins: readonly ConfidenceBin[]): readonly ReliabilityBin[] {
  return bins.flatMap(({ meanConfidence, hitRate, hitRateLow, hitRateHigh, n }) =>
    hitRate === null
      ? []
      : {
          meanPercent: meanConfidence,
          hitRatePercent: 100 * hitRate,
          lowPercent: hitRateLow === null ? null : 100 * hitRateLow,
          highPercent: hitRateHigh === null ? null : 100 * hitRateHigh,
          count: n,
        },
  );
}
