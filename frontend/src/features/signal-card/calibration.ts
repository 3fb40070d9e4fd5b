import type { Breakdown } from "@/shared/api/performance-api";
import type { ConfidenceBin } from "@/shared/plot/reliability-bins";
import type { TradeSignal } from "@/shared/signals/signal";

/** Bins of measured chances, or of scores that were shown for want of one; never both. */
export function binsOf(
  { byConfidence }: Pick<Breakdown, "byConfidence">,
  areCalibrated: boolean,
): readonly ConfidenceBin[] {
  return byConfidence.filter(({ calibrated }) => calibrated === areCalibrated);
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
