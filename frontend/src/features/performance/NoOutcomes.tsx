import { ORIGINS } from "@/shared/api/performance-api";
import { numbers } from "@/shared/format/numbers";
import type { MarketSymbol } from "@/shared/market/symbol";
import type { Timeframe } from "@/shared/market/timeframe";
import { text } from "@/shared/text";
import { Button } from "@/shared/ui/Button";
import { Command } from "./Command";
import type { Scope } from "./scope";
import { useScorecard } from "./use-scorecard";

const words = text.performance.states;

interface NoOutcomesProps {
  readonly symbol: MarketSymbol;
  readonly timeframe: Timeframe;
  readonly scope: Scope;
  readonly onChange: (part: Partial<Scope>) => void;
}

/** Why there is nothing to show, and where there is something. */
export function NoOutcomes({ symbol, timeframe, scope, onChange }: NoOutcomesProps) {
  const scorecard = useScorecard(symbol, timeframe);
  const others = ORIGINS.filter((origin) => origin !== scope.origin);
  const isNarrowed = scope.since !== null || scope.engineVersion !== null;
  return (
    <section
      aria-label={words.empty(timeframe)}
      className="grid min-h-80 place-content-center justify-items-center gap-3 rounded-card border border-line bg-surface p-4 text-center"
    >
      <h2 className="text-heading font-semibold">{words.empty(timeframe)}</h2>
      <Reason
        scope={scope}
        isNarrowed={isNarrowed}
        command={text.performance.counted.command(symbol, timeframe)}
      />
      <div className="flex flex-wrap justify-center gap-2">
        {isNarrowed && (
          <Button onClick={() => onChange({ since: null, engineVersion: null })}>
            {words.showAll}
          </Button>
        )}
        {others.map((origin) => {
          const count = scorecard?.[origin].total.n ?? 0;
          return (
            count > 0 && (
              <Button
                key={origin}
                onClick={() => onChange({ origin, since: null, engineVersion: null })}
              >
                {words.showOther(origin, numbers.whole(count))}
              </Button>
            )
          );
        })}
      </div>
    </section>
  );
}

interface ReasonProps {
  readonly scope: Scope;
  readonly isNarrowed: boolean;
  readonly command: string;
}

function Reason({ scope, isNarrowed, command }: ReasonProps) {
  if (isNarrowed) return <p className="max-w-md text-muted">{words.emptyNarrowed}</p>;
  if (scope.origin === "live") return <p className="max-w-md text-muted">{words.emptyLive}</p>;
  return (
    <div className="max-w-md text-muted">
      <p>{words.emptyHistorical}</p>
      <Command>{command}</Command>
    </div>
  );
}
