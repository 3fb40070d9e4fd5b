import { useEffect, useRef } from "react";
import type { TradeSignal } from "@/shared/signals/signal";
import { text } from "@/shared/text";
import { Dialog } from "@/shared/ui/Dialog";
import { CardContent } from "./CardContent";

interface CardDialogProps {
  readonly signal: TradeSignal;
  /** Whether the reader asked for the why. */
  readonly isAtWhy: boolean;
  readonly onClose: () => void;
}

/** The whole card as a sheet. */
export function CardDialog({ signal, isAtWhy, onClose }: CardDialogProps) {
  const why = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (isAtWhy) why.current?.focus();
  }, [isAtWhy]);
  return (
    <Dialog title={text.signalCard.title} isSheet testId="signal-sheet" onClose={onClose}>
      <CardContent signal={signal} whyRef={why} />
    </Dialog>
  );
}
