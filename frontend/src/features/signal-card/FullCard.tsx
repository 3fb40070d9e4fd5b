import { useRef } from "react";
import { useCommand } from "@/shared/commands/use-command";
import type { TradeSignal } from "@/shared/signals/signal";
import { text } from "@/shared/text";
import { CardContent } from "./CardContent";

/** All of it in the rail. */
export function FullCard({ signal }: { readonly signal: TradeSignal }) {
  const why = useRef<HTMLHeadingElement>(null);
  useCommand({
    id: "signal.why",
    group: "signal",
    name: text.signalView.why.command,
    key: "w",
    run: () => why.current?.focus(),
  });
  return <CardContent signal={signal} whyRef={why} />;
}
