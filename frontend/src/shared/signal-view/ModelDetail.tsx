import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useApis } from "@/shared/api/apis";
import type { TradeSignal } from "@/shared/signals/signal";
import { text } from "@/shared/text";
import { ContributionTable } from "./ContributionTable";
import { explained } from "./model-contributions";

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
      {isOpen && <Explanation signal={signal} modelId={signal.raw.modelId} />}
    </>
  );
}

interface ExplanationProps {
  readonly signal: TradeSignal;
  readonly modelId: string;
}

function Explanation({ signal: { symbol, timeframe, openMs }, modelId }: ExplanationProps) {
  const words = text.signalView.model;
  const api = useApis().ml;
  const { data, error } = useQuery({
    queryKey: ["statement", symbol, timeframe, openMs],
    queryFn: ({ signal }) => api.predict(symbol, timeframe, openMs, signal),
  });
  if (error) return <Aside sentence={`${words.failed} ${error.message}`} />;
  if (!data) return <Aside sentence={words.loading} />;
  const explanation = explained(data, modelId);
  if (explanation.kind === "other-model") return <Aside sentence={words.replaced} />;
  if (explanation.kind === "silent") return <Aside sentence={words.nowSilent} />;
  return <ContributionTable contributions={explanation.contributions} />;
}

function Aside({ sentence }: { readonly sentence: string }) {
  return <p className="text-axis text-muted">{sentence}</p>;
}
