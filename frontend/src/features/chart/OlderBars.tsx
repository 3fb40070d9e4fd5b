import { text } from "@/shared/text";
import { Button } from "@/shared/ui/Button";
import type { Candles } from "./use-candles";

/** Says at the chart's left edge that older bars are on their way, or why they are not. */
export function OlderBars({ candles }: { readonly candles: Candles }) {
  const { isReadingOlder, olderError, retryOlder } = candles;
  if (isReadingOlder) {
    return (
      <p className="appear-late absolute top-9 left-3 z-10 text-axis text-muted">
        {text.chart.loadingOlder}
      </p>
    );
  }
  if (!olderError) return null;
  return (
    <div className="absolute top-9 left-3 z-10 flex items-center gap-3 text-axis">
      <p title={olderError.message}>{text.chart.olderFailed}</p>
      <Button onClick={retryOlder}>{text.error.retry}</Button>
    </div>
  );
}
