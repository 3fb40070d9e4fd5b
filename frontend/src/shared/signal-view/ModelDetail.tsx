import { Suspense, useState } from "react";
import { lazyPart } from "@/shared/parts/lazy-part";
import type { TradeSignal } from "@/shared/signals/signal";
import { text } from "@/shared/text";

const ModelExplanation = lazyPart(
  async () => (await import("./ModelExplanation")).ModelExplanation,
);

/** What moved the model, asked for when it is opened; nothing where the model did not speak. */
export function ModelDetail({ signal }: { readonly signal: TradeSignal }) {
  const words = text.signalView.model;
  const [isOpen, setOpen] = useState(false);
  if (signal.raw.modelId === null) return null;
  return (
    <>
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        className="min-h-11 text-axis text-accent underline md:min-h-6"
      >
        {isOpen ? words.hide : words.show}
      </button>
      {isOpen && (
        <Suspense>
          <ModelExplanation signal={signal} modelId={signal.raw.modelId} />
        </Suspense>
      )}
    </>
  );
}
