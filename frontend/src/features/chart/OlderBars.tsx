import { errorSentence } from "@/shared/api/error-sentence";
import { text } from "@/shared/text";
import { Button } from "@/shared/ui/Button";
import type { Candles } from "./use-candles";

interface OlderBarsProps {
  readonly candles: Candles;
  /** The address names a stretch whose bars are not to be had. */
  readonly isUnreached: boolean;
  /** The first bar is in view. */
  readonly isFirstSeen: boolean;
}

/** Says at the chart's left edge that older bars are on their way, or why they are not. */
export function OlderBars({ candles, isUnreached, isFirstSeen }: OlderBarsProps) {
  const { isReadingOlder, isAtStart, olderError, retryOlder } = candles;
  if (isUnreached) return <p>{text.chart.outOfReach}</p>;
  if (isReadingOlder) {
    return <p className="appear-late text-muted">{text.chart.loadingOlder}</p>;
  }
  if (isAtStart && isFirstSeen) {
    return <p className="rounded-sm bg-surface/80 text-muted">{text.chart.oldest}</p>;
  }
  if (!olderError) return null;
  return (
    <div className="flex items-center gap-3">
      <p title={errorSentence(olderError)}>{text.chart.olderFailed}</p>
      <Button onClick={retryOlder}>{text.error.retry}</Button>
    </div>
  );
}
