import { numbers } from "@/shared/format/numbers";
import type { MarketSymbol } from "@/shared/market/symbol";
import type { Timeframe } from "@/shared/market/timeframe";
import { text } from "@/shared/text";
import { Command } from "./Command";
import type { Scope } from "./scope";
import { useScorecard } from "./use-scorecard";

const words = text.performance.counted;

interface HowCountedProps {
  readonly symbol: MarketSymbol;
  readonly timeframe: Timeframe;
  readonly scope: Scope;
}

/** Everything that the figures rest on, and how to have them counted again. */
export function HowCounted({ symbol, timeframe, scope }: HowCountedProps) {
  const counts = useScorecard(symbol, timeframe)?.counts;
  const of = counts?.[scope.origin];
  const { whole } = numbers;
  return (
    <details className="rounded-card border border-line bg-surface px-4 py-2">
      <summary className="min-h-11 cursor-pointer content-center text-heading font-semibold md:min-h-8">
        {words.title}
      </summary>
      <ul className="mt-2 max-w-3xl list-disc space-y-1 pl-5">
        {words.points.map((point) => (
          <li key={point}>{point}</li>
        ))}
        {counts && of && (
          <li>
            {words.counts(
              whole(of.decided),
              whole(of.hold),
              whole(of.continuing),
              whole(counts.late.decided),
            )}
          </li>
        )}
      </ul>
      <p className="mt-3">{words.again}</p>
      <Command>{words.command(symbol, timeframe)}</Command>
    </details>
  );
}
