import { Suspense, useState } from "react";
import { useCommand } from "@/shared/commands/use-command";
import { numbers } from "@/shared/format/numbers";
import { lazyPart } from "@/shared/parts/lazy-part";
import { SignalHead } from "@/shared/signal-view/SignalHead";
import { WhatIsMissing } from "@/shared/signal-view/WhatIsMissing";
import type { Levels, TradeSignal } from "@/shared/signals/signal";
import { text } from "@/shared/text";
import { Button } from "@/shared/ui/Button";

const CardDialog = lazyPart(async () => (await import("./CardDialog")).CardDialog);

/** What fits under the chart of a narrow screen; the rest rises as a sheet. */
export function CompactCard({ signal }: { readonly signal: TradeSignal }) {
  const words = text.signalCard;
  const [opened, setOpened] = useState<"top" | "why" | null>(null);
  useCommand({
    id: "signal.why",
    group: "signal",
    name: text.signalView.why.command,
    key: "w",
    run: () => setOpened("why"),
  });
  const { levels } = signal;
  return (
    <div className="flex flex-col gap-3">
      <SignalHead signal={signal} />
      {levels ? <LevelsInShort levels={levels} /> : <WhatIsMissing signal={signal} />}
      <Button onClick={() => setOpened("top")}>{words.openSheet}</Button>
      {opened !== null && (
        <Suspense>
          <CardDialog signal={signal} isAtWhy={opened === "why"} onClose={() => setOpened(null)} />
        </Suspense>
      )}
    </div>
  );
}

function LevelsInShort({ levels: { entry, stop, targets } }: { readonly levels: Levels }) {
  const words = text.signalView.risk;
  return (
    <dl className="flex justify-between gap-3">
      <Level name={words.entry} price={entry} />
      <Level name={words.stop} price={stop} />
      {targets[0] !== undefined && <Level name={words.target(1)} price={targets[0]} />}
    </dl>
  );
}

function Level({ name, price }: { readonly name: string; readonly price: number }) {
  return (
    <div>
      <dt className="text-caps text-muted">{name}</dt>
      <dd className="text-heading font-medium">{numbers.price(price)}</dd>
    </div>
  );
}
