import type { Schema } from "@/shared/api/contract";
import { errorSentence } from "@/shared/api/error-sentence";
import { numbers } from "@/shared/format/numbers";
import { FigureTable } from "@/shared/plot/FigureTable";
import { ReliabilityPlot, type ReliabilityBin } from "@/shared/plot/ReliabilityPlot";
import { text } from "@/shared/text";
import { Skeleton } from "@/shared/ui/Skeleton";
import { Command } from "./Command";
import { useModelReport } from "./use-model";

type ProbabilityBin = Schema<"ReliabilityBin">;

const words = text.performance.model.reliability;
const PLOT = { width: 320, height: 280 };

/** The probabilities of a model's likeliest class against how often it came. */
export function ModelReliability({ modelId }: { readonly modelId: string }) {
  const { data, error } = useModelReport(modelId);
  return (
    <section aria-label={words.title} className="border-t border-line pt-3">
      <h3 className="font-semibold">{words.title}</h3>
      <p className="mb-2 text-muted">{words.explained}</p>
      {error && !data && <p className="text-warn">{words.failed(errorSentence(error))}</p>}
      {!error && !data && <Skeleton height={PLOT.height} />}
      {data && <Reliability bins={data.card.evaluation.untouched.reliability} />}
      {data && (
        <>
          <p className="mt-3">{text.performance.model.reproduce}</p>
          <Command>{data.reproduce}</Command>
        </>
      )}
    </section>
  );
}

function Reliability({ bins }: { readonly bins: readonly ProbabilityBin[] }) {
  return (
    <div className="grid gap-4 lg:grid-cols-[320px_1fr]">
      <ReliabilityPlot
        bins={bins.map(asPercent)}
        label={words.label(String(bins.length))}
        {...PLOT}
      />
      <FigureTable
        caption={words.title}
        columns={Object.values(words.columns)}
        rows={bins.map((bin) => ({ key: String(bin.low), cells: cellsOf(bin) }))}
      />
    </div>
  );
}

function asPercent({ mean_probability, hit_rate, count }: ProbabilityBin): ReliabilityBin {
  return {
    meanPercent: 100 * mean_probability,
    hitRatePercent: 100 * hit_rate,
    lowPercent: null,
    highPercent: null,
    count,
  };
}

function cellsOf({ low, high, mean_probability, count, hit_rate }: ProbabilityBin) {
  const { share, whole } = numbers;
  return [
    text.performance.headline.range(share(low), share(high)),
    share(mean_probability),
    whole(count),
    share(hit_rate),
  ];
}
