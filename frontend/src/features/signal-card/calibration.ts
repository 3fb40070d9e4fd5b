import type { Breakdown } from "@/shared/api/performance-api";
import type { ReliabilityBin } from "@/shared/plot/ReliabilityPlot";
import type { TradeSignal } from "@/shared/signals/signal";

export type ConfidenceBin = Breakdown["byConfidence"][number];

/** Bins of measured chances, or of scores that were shown for want of one; never both. */
export function binsOf(
  { byConfidence }: Pick<Breakdown, "byConfidence">,
  areCalibrated: boolean,
): readonly ConfidenceBin[] {
  return byConfidence.filter(({ calibrated }) => calibrated === areCalibrated);
}

/** Those with outcomes enough for a hit rate. */
export function drawnBins(bins: readonly ConfidenceBin[]): readonly ReliabilityBin[] {
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

/** The bin that a signal's own confidence falls into; the last one holds 100 too. */
export function binOf(
  bins: readonly ConfidenceBin[],
  { confidence }: Pick<TradeSignal, "confidence">,
): ConfidenceBin | undefined {
  return bins.find(
    ({ fromPercent, untilPercent }) =>
      confidence >= fromPercent &&
      (confidence < untilPercent || (untilPercent === 100 && confidence === 100)),
  );
}
