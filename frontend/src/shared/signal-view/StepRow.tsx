import type { ReactNode } from "react";
import { numbers } from "@/shared/format/numbers";
import { pointAtFamily, useSelection } from "@/shared/signals/selection";
import { text } from "@/shared/text";
import { evidenceInWords } from "./evidence-in-words";
import { WaterfallBar, type BarScale } from "./WaterfallBar";
import type { Step } from "./waterfall-steps";

interface StepRowProps {
  readonly step: Step;
  readonly scale: BarScale;
  readonly children?: ReactNode;
}

/** One family: what it adds, and why. Pointing at it lights its part of the chart. */
export function StepRow({ step, scale, children }: StepRowProps) {
  const { family, points, from, until } = step;
  const isPointedAt = useSelection((selection) => selection.family === family);
  const name = text.signal.family(family);
  const point = () => pointAtFamily(family);
  const leave = () => pointAtFamily(null);
  return (
    <tbody
      onPointerEnter={point}
      onPointerLeave={leave}
      className={`border-t border-line ${isPointedAt ? "bg-raised" : ""}`}
    >
      <tr>
        <th scope="row" className="text-left font-medium">
          <button
            type="button"
            title={text.signalView.why.pointAt(name)}
            onFocus={point}
            onBlur={leave}
            onClick={point}
            className="min-h-11 w-full text-left md:min-h-7"
          >
            {name}
          </button>
        </th>
        <td>
          <WaterfallBar from={from} until={until} scale={scale} />
        </td>
        <td className="text-right">{numbers.points(points)}</td>
      </tr>
      <Saying step={step} />
      {children && (
        <tr>
          <td colSpan={3} className="pb-1 empty:p-0">
            {children}
          </td>
        </tr>
      )}
    </tbody>
  );
}

/** The sentence and what was multiplied; a HOLD keeps neither. */
function Saying({ step: { sentence, value, weight } }: { readonly step: Step }) {
  if (sentence === null) return null;
  const words = text.signalView.why;
  return (
    <tr className="text-axis text-muted">
      <td colSpan={2} className="pb-1 align-top">
        {evidenceInWords(sentence)}
      </td>
      <td className="pb-1 text-right align-top whitespace-nowrap" title={words.productTitle}>
        {value !== null &&
          weight !== null &&
          words.product(numbers.signed(value), numbers.ratio(weight))}
      </td>
    </tr>
  );
}
