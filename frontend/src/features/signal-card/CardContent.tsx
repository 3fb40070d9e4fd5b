import type { Ref } from "react";
import { SignalSheet } from "@/shared/signal-view/SignalSheet";
import { sideOf, type TradeSignal } from "@/shared/signals/signal";
import { Calibration } from "./Calibration";
import { CardActions } from "./CardActions";
import { LastTaken } from "./LastTaken";
import { NewerDecision } from "./NewerDecision";
import { TrackRecord } from "./TrackRecord";

interface CardContentProps {
  readonly signal: TradeSignal;
  readonly whyRef: Ref<HTMLHeadingElement>;
}

/** The claim with its why, and beside it what claims like it were worth. */
export function CardContent({ signal, whyRef }: CardContentProps) {
  return (
    <div className="flex flex-col gap-4">
      <NewerDecision shown={signal} />
      <SignalSheet signal={signal} whyRef={whyRef} />
      {sideOf(signal) === 0 && <LastTaken decision={signal} />}
      <TrackRecord signal={signal} />
      <Calibration signal={signal} />
      <CardActions key={signal.id} signal={signal} />
    </div>
  );
}
