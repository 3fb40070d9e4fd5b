import { useState } from "react";
import { Link } from "wouter";
import { announce } from "@/shared/announce/announce";
import { selectSignal } from "@/shared/signals/selection";
import type { TradeSignal } from "@/shared/signals/signal";
import { text } from "@/shared/text";
import { Button } from "@/shared/ui/Button";
import { DEFAULT_VIEW, writeView, type View } from "@/shared/view/view";
import { pictured } from "./picture";

const words = text.signalPage.page;

function searchFor({ symbol, timeframe }: TradeSignal, range: View["range"]): string {
  return writeView("", { ...DEFAULT_VIEW, symbol, timeframe, range });
}

/** To give the page's address away, and to see the signal on the chart. */
export function PageActions({ signal }: { readonly signal: TradeSignal }) {
  const [said, setSaid] = useState("");
  const { fromMs, untilMs: toMs } = pictured(signal);
  const say = (sentence: string) => {
    setSaid(sentence);
    announce(sentence);
  };
  const copy = () =>
    copied(`${location.origin}/signals/${signal.id}${searchFor(signal, null)}`).then(
      () => say(words.copied),
      () => say(words.copyFailed),
    );
  return (
    <div className="flex flex-wrap items-center gap-2">
      {said !== "" && <span className="text-axis text-muted">{said}</span>}
      <Button onClick={() => void copy()}>{words.share}</Button>
      <Link
        href={`/${searchFor(signal, { fromMs, toMs })}`}
        onClick={() => selectSignal(signal)}
        className="grid min-h-11 place-items-center rounded-card border border-control bg-raised px-4 font-medium hover:border-accent md:min-h-8"
      >
        {words.onChart}
      </Link>
    </div>
  );
}

/** Rejects where the browser has no clipboard for pages without HTTPS, or refuses it. */
async function copied(address: string): Promise<void> {
  await navigator.clipboard.writeText(address);
}
