import type { ReactNode } from "react";
import { numbers } from "@/shared/format/numbers";
import type { TradeSignal } from "@/shared/signals/signal";
import { text } from "@/shared/text";
import { StepRow } from "./StepRow";
import { AxisLabels, WaterfallBar } from "./WaterfallBar";
import { waterfall } from "./waterfall-steps";

interface WaterfallProps {
  readonly signal: TradeSignal;
  /** Stands under the model's row: what moved it, in its own unit. */
  readonly modelDetail?: ReactNode;
}

/** How the points of the families add up to the score, against the thresholds of both sides. */
export function Waterfall({ signal, modelDetail }: WaterfallProps) {
  const words = text.signalView.why;
  const { score, threshold } = signal;
  const { steps, rest, span } = waterfall(signal);
  const scale = { span, threshold };
  return (
    <table className="w-full table-fixed">
      <caption className="sr-only">{words.caption}</caption>
      <colgroup>
        <col className="w-20" />
        <col />
        <col className="w-20" />
      </colgroup>
      <thead>
        <tr className="text-caps text-muted">
          <th scope="col" className="text-left font-normal">
            {words.columns.family}
          </th>
          <th scope="col">
            <span className="sr-only">{words.columns.bar}</span>
            <AxisLabels scale={scale} />
          </th>
          <th scope="col" className="text-right font-normal">
            {words.columns.points}
          </th>
        </tr>
      </thead>
      {steps.map((step) => (
        <StepRow key={step.family} step={step} scale={scale}>
          {step.family === "ml" && modelDetail}
        </StepRow>
      ))}
      <tbody>
        {rest !== 0 && (
          <tr className="h-7 text-muted">
            <th scope="row" className="text-left font-normal">
              {words.rest}
            </th>
            <td>
              <WaterfallBar from={score - rest} until={score} scale={scale} />
            </td>
            <td className="text-right">{numbers.points(rest)}</td>
          </tr>
        )}
        <tr className="h-8 border-t border-line font-semibold">
          <th scope="row" className="text-left">
            {words.score}
          </th>
          <td>
            <WaterfallBar from={0} until={score} scale={scale} />
          </td>
          <td className="text-right">{numbers.points(score)}</td>
        </tr>
      </tbody>
    </table>
  );
}
