import { numbers } from "@/shared/format/numbers";
import { FigureTable } from "@/shared/plot/FigureTable";
import { reliabilityBins, type ConfidenceBin } from "@/shared/plot/reliability-bins";
import { ReliabilityPlot } from "@/shared/plot/ReliabilityPlot";
import { text } from "@/shared/text";
import { Card } from "@/shared/ui/Card";

const words = text.performance.confidence;
const PLOT = { width: 320, height: 280 };

/** Confidence against what came of it; measured chances and mere strengths apart. */
export function ConfidenceCard({ bins }: { readonly bins: readonly ConfidenceBin[] }) {
  return (
    <Card title={words.title}>
      <p className="mb-3 text-muted">{words.explained}</p>
      <div className="grid grid-cols-1 gap-6">
        <Kind
          name={words.calibrated}
          means={words.calibratedMeans}
          bins={bins.filter(({ calibrated }) => calibrated)}
        />
        <Kind
          name={words.uncalibrated}
          means={words.uncalibratedMeans}
          bins={bins.filter(({ calibrated }) => !calibrated)}
        />
      </div>
    </Card>
  );
}

interface KindProps {
  readonly name: string;
  readonly means: string;
  readonly bins: readonly ConfidenceBin[];
}

function Kind({ name, means, bins }: KindProps) {
  const drawn = reliabilityBins(bins);
  return (
    <section aria-label={name} className="min-w-0">
      <h3 className="font-semibold">{name}</h3>
      <p className="mb-2 text-muted">{means}</p>
      <div className="grid grid-cols-1 gap-4 lg:grid-cols-[320px_1fr]">
        {drawn.length > 0 ? (
          <ReliabilityPlot bins={drawn} label={words.label(name, String(drawn.length))} {...PLOT} />
        ) : (
          <p className="py-4">{bins.length > 0 ? words.noneLarge : words.none}</p>
        )}
        {bins.length > 0 && (
          <FigureTable
            caption={name}
            columns={Object.values(words.columns)}
            rows={bins.map((bin) => ({ key: String(bin.fromPercent), cells: cellsOf(bin) }))}
          />
        )}
      </div>
    </section>
  );
}

function cellsOf(bin: ConfidenceBin): readonly string[] {
  const { fromPercent, untilPercent, meanConfidence, n } = bin;
  return [
    words.bin(numbers.whole(fromPercent), numbers.whole(untilPercent)),
    numbers.share(meanConfidence / 100),
    numbers.whole(n),
    hitRateOf(bin),
  ];
}

function hitRateOf({ hitRate, hitRateLow, hitRateHigh }: ConfidenceBin): string {
  const { tooFew, withInterval } = text.performance.headline;
  if (hitRate === null || hitRateLow === null || hitRateHigh === null) return tooFew;
  const { share } = numbers;
  return withInterval(share(hitRate), share(hitRateLow), share(hitRateHigh));
}
