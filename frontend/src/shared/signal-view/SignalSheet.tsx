import type { Ref } from "react";
import { sideOf, type TradeSignal } from "@/shared/signals/signal";
import { OutcomeLine } from "./OutcomeLine";
import { RiskTable } from "./RiskTable";
import { SignalHead } from "./SignalHead";
import { SignalNotes } from "./SignalNotes";
import { WhatIsMissing } from "./WhatIsMissing";
import { WhySection } from "./WhySection";

interface SignalSheetProps {
  readonly signal: TradeSignal;
  readonly whyRef?: Ref<HTMLHeadingElement> | undefined;
}

/** One signal in full: the claim, its reservations, its levels, what became of it, and why. */
export function SignalSheet({ signal, whyRef }: SignalSheetProps) {
  return (
    <div className="flex flex-col gap-3">
      <SignalHead signal={signal} />
      {sideOf(signal) === 0 && <WhatIsMissing signal={signal} />}
      <OutcomeLine signal={signal} />
      <RiskTable signal={signal} />
      <SignalNotes signal={signal} />
      <WhySection signal={signal} headingRef={whyRef} />
    </div>
  );
}
