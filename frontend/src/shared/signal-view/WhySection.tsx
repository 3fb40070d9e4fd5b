import type { Ref } from "react";
import { numbers } from "@/shared/format/numbers";
import type { TradeSignal } from "@/shared/signals/signal";
import { text } from "@/shared/text";
import { ModelDetail } from "./ModelDetail";
import { Waterfall } from "./Waterfall";

interface WhySectionProps {
  readonly signal: TradeSignal;
  /** For whoever wants the reader brought here. */
  readonly headingRef?: Ref<HTMLHeadingElement> | undefined;
}

/** Why it was decided so: the evidence, row by row, to the score. */
export function WhySection({ signal, headingRef }: WhySectionProps) {
  const words = text.signalView.why;
  return (
    <section aria-label={words.title}>
      <h3 ref={headingRef} tabIndex={-1} className="text-heading font-semibold outline-offset-2">
        {words.title}
      </h3>
      <p className="text-axis text-muted">{words.threshold(numbers.ratio(signal.threshold))}</p>
      <Waterfall signal={signal} modelDetail={<ModelDetail key={signal.id} signal={signal} />} />
    </section>
  );
}
