import { useState } from "react";
import { Link } from "wouter";
import { announce } from "@/shared/announce/announce";
import type { TradeSignal } from "@/shared/signals/signal";
import { text } from "@/shared/text";
import { Button } from "@/shared/ui/Button";
import { useHref } from "@/shared/view/use-view";

/** The frozen signal's own page: to go there, or to give its address away. */
export function CardActions({ signal: { id } }: { readonly signal: TradeSignal }) {
  const words = text.signalCard.share;
  const [said, setSaid] = useState<string | null>(null);
  const say = (sentence: string) => {
    setSaid(sentence);
    announce(sentence);
  };
  const copy = () =>
    copied(new URL(`/signals/${id}`, location.href).href).then(
      () => say(words.copied),
      () => say(words.refused),
    );
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button onClick={() => void copy()}>{words.copy}</Button>
      <Link
        href={useHref(`/signals/${id}`)}
        className="grid min-h-11 place-items-center rounded-card border border-control bg-raised px-4 font-medium hover:border-accent md:min-h-8"
      >
        {words.open}
      </Link>
      {said !== null && <span className="text-axis text-muted">{said}</span>}
    </div>
  );
}

/** Rejects where the browser has no clipboard for pages without HTTPS, or refuses it. */
async function copied(address: string): Promise<void> {
  await navigator.clipboard.writeText(address);
}
