import { useQuery } from "@tanstack/react-query";
import { useApis } from "@/shared/api/apis";
import { errorSentence } from "@/shared/api/error-sentence";
import type { TradeSignal } from "@/shared/signals/signal";
import { text } from "@/shared/text";
import { ContributionTable } from "./ContributionTable";
import { explained } from "./model-contributions";

interface ModelExplanationProps {
  readonly signal: TradeSignal;
  readonly modelId: string;
}

/** What moved the model at a signal, or why that cannot be told. */
export function ModelExplanation({ signal, modelId }: ModelExplanationProps) {
  const { symbol, timeframe, openMs } = signal;
  const words = text.modelExplanation;
  const api = useApis().ml;
  const { data, error } = useQuery({
    queryKey: ["statement", symbol, timeframe, openMs],
    queryFn: ({ signal }) => api.predict(symbol, timeframe, openMs, signal),
  });
  if (error) return <Aside sentence={`${words.failed} ${errorSentence(error)}`} />;
  if (!data) return <Aside sentence={words.loading} />;
  const explanation = explained(data, modelId);
  if (explanation.kind === "other-model") return <Aside sentence={words.replaced} />;
  if (explanation.kind === "silent") return <Aside sentence={words.nowSilent} />;
  return <ContributionTable contributions={explanation.contributions} />;
}

function Aside({ sentence }: { readonly sentence: string }) {
  return <p className="text-axis text-muted">{sentence}</p>;
}
