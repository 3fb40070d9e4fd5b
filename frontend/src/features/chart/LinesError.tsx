import { text } from "@/shared/text";
import { Button } from "@/shared/ui/Button";
import type { IndicatorsRead } from "./use-indicator-values";

/** Says that indicators are missing from a chart that is there otherwise. */
export function LinesError({ error, retry }: IndicatorsRead) {
  if (!error) return null;
  return (
    <div className="absolute bottom-10 left-3 z-10 flex items-center gap-3 text-axis">
      <p title={error.message}>{text.indicators.linesFailed}</p>
      <Button onClick={retry}>{text.error.retry}</Button>
    </div>
  );
}
