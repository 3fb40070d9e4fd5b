import type { Schema } from "@/shared/api/contract";
import { numbers } from "@/shared/format/numbers";
import { IntervalBar } from "@/shared/plot/IntervalBar";
import { text } from "@/shared/text";
import type { Part } from "./verdict";

interface HitRateProps {
  readonly part: Part;
  /** Of random entries of the same scope, where the server told. */
  readonly random: Schema<"DistributionFigures"> | undefined;
}

/** The interval of a hit rate, beside what random entries hit. */
export function HitRate({ part, random }: HitRateProps) {
  const { hitRate, hitRateLow, hitRateHigh } = part;
  if (hitRate === null || hitRateLow === null || hitRateHigh === null) return null;
  const words = text.performance.headline;
  const { share } = numbers;
  return (
    <div className="min-h-20 sm:min-h-12">
      <div className="max-w-40">
        <IntervalBar
          low={hitRateLow}
          at={hitRate}
          high={hitRateHigh}
          span={[0, 1]}
          {...(random && { reference: random.mean })}
        />
      </div>
      <p>{words.interval(share(hitRateLow), share(hitRateHigh))}</p>
      {random && (
        <p>
          {words.randomHitRate(
            share(random.mean),
            share(random.percentile5),
            share(random.percentile95),
          )}
        </p>
      )}
    </div>
  );
}
