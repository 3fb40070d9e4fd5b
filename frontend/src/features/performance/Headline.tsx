import type { Breakdown } from "@/shared/api/performance-api";
import { numbers } from "@/shared/format/numbers";
import { times } from "@/shared/format/times";
import type { MarketSymbol } from "@/shared/market/symbol";
import { text } from "@/shared/text";
import { Card } from "@/shared/ui/Card";
import { Compared } from "./Compared";
import { Figure } from "./Figure";
import { HitRate } from "./HitRate";
import type { Scope } from "./scope";
import { scoredAlike, useScorecard } from "./use-scorecard";
import { judge, meanInterval, randomInterval } from "./verdict";

/** Outcomes that a share or a mean needs; the server gives none before. */
const FEWEST_OUTCOMES = 30;

const words = text.performance.headline;

interface HeadlineProps {
  readonly symbol: MarketSymbol;
  readonly scope: Scope;
  readonly breakdown: Breakdown;
}

/** What it comes to, and the figures that say so. */
export function Headline({ symbol, scope, breakdown }: HeadlineProps) {
  const { timeframe, total, equity, period } = breakdown;
  const alike = scoredAlike(useScorecard(symbol, timeframe), scope);
  const [mean, random] = [meanInterval(total), randomInterval(equity, total.n)];
  const verdict = judge(mean, random);
  const held = equity.baselines?.buyAndHoldPercent?.at(-1);
  // Beside nothing to compare it with, what holding made says nothing of the signals.
  const isTooFew = total.hitRate === null;
  const few = words.tooFewYet(numbers.whole(total.n), numbers.whole(FEWEST_OUTCOMES));
  return (
    <Card
      title={words.title(symbol, timeframe, scope.origin)}
      testId="performance-headline"
      aside={
        period && (
          <span className="text-muted">
            {words.period(times.day(period.startMs), times.day(period.endMs))}
          </span>
        )
      }
    >
      <p className="text-price font-semibold" data-testid="verdict">
        {verdict ? words.verdict(verdict) : few}
      </p>
      <p className="text-muted">{words.caution}</p>
      <dl className="my-4 grid grid-cols-2 gap-4 lg:grid-cols-[4fr_6fr_4fr_4fr_5fr]">
        <Figure
          name={words.outcomes}
          value={numbers.whole(total.n)}
          detail={words.outcomesDetail(
            numbers.whole(total.hits),
            numbers.whole(total.stopped),
            numbers.whole(total.expired),
          )}
        />
        <Figure
          name={words.hitRate}
          value={total.hitRate === null ? words.tooFew : numbers.share(total.hitRate)}
          isCalm={isTooFew}
          detail={<HitRate part={total} random={alike?.baselines?.randomEntries?.hitRate} />}
        />
        <Figure
          name={words.meanNetR}
          value={mean ? numbers.signed(mean.at) : words.tooFew}
          isCalm={!mean}
          detail={
            total.netRStandardError !== null &&
            words.standardError(numbers.ratio(total.netRStandardError))
          }
        />
        <Figure
          name={words.meanGain}
          value={
            total.meanProfitLossPercent === null
              ? words.tooFew
              : numbers.percent(total.meanProfitLossPercent)
          }
          isCalm={total.meanProfitLossPercent === null}
          detail={words.meanGainDetail}
        />
        <Figure
          name={words.buyAndHold}
          value={held === undefined ? text.none : numbers.percent(held)}
          isCalm={isTooFew}
          detail={words.buyAndHoldDetail}
        />
      </dl>
      <Compared mean={mean} random={random} draws={equity.baselines?.randomEntries?.draws ?? 0} />
    </Card>
  );
}
