import { errorSentence } from "@/shared/api/error-sentence";
import { text } from "@/shared/text";
import { Button } from "@/shared/ui/Button";
import type { IndicatorsRead } from "./use-indicator-values";

/** Says that indicators are missing from a chart that is there otherwise. */
export function LinesError({ error, retry }: IndicatorsRead) {
  if (!error) return null;
  return (
    <div className="flex items-center gap-3 rounded-sm bg-surface/80">
      <p title={errorSentence(error)}>{text.indicators.linesFailed}</p>
      <Button onClick={retry}>{text.error.retry}</Button>
    </div>
  );
}
