import { useEffect, useEffectEvent } from "react";
import { errorSentence } from "@/shared/api/error-sentence";
import { numbers } from "@/shared/format/numbers";
import { momentInZone } from "@/shared/format/times";
import { INDICATORS } from "@/shared/market/indicators";
import { barMs, type Timeframe } from "@/shared/market/timeframe";
import type { IndicatorReading } from "@/shared/api/analysis-api";
import { text } from "@/shared/text";
import { useShownIndicators } from "@/shared/view/use-shown-indicators";
import { useView } from "@/shared/view/use-view";
import { readingOf } from "./indicator-reading";
import { IndicatorToggle } from "./IndicatorToggle";
import { Meaning } from "./Meaning";
import { useReading } from "./use-reading";

const GROUPS = ["price", "pane"] as const;

interface IndicatorsMenuProps {
  readonly onShown: () => void;
}

/** Every indicator with what it reads now, and what they say together. */
export function IndicatorsMenu(props: IndicatorsMenuProps) {
  const onShown = useEffectEvent(props.onShown);
  useEffect(() => onShown(), []);
  const [{ symbol, timeframe }] = useView();
  const [shown, show] = useShownIndicators();
  const { data: answer, error } = useReading(symbol, timeframe);
  return (
    <>
      <Summary answer={answer} error={error} timeframe={timeframe} />
      {GROUPS.map((group) => (
        <section key={group} aria-label={text.indicators.groups[group]}>
          <h2 className="mt-2 text-caps font-medium text-muted">{text.indicators.groups[group]}</h2>
          <ul>
            {INDICATORS.filter(({ place }) => place === group).map(({ id }) => (
              <IndicatorToggle
                key={id}
                id={id}
                reading={readingOf(id, answer)}
                isShown={shown.includes(id)}
                onChange={show}
              />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

interface SummaryProps {
  readonly answer: IndicatorReading | undefined;
  readonly error: Error | null;
  readonly timeframe: Timeframe;
}

/** The same height before and after the answer. */
function Summary({ answer, error, timeframe }: SummaryProps) {
  if (error && !answer) {
    return (
      <p className="min-h-15 text-axis text-warn" title={errorSentence(error)}>
        {text.indicators.failed}
      </p>
    );
  }
  if (!answer) return <div className="min-h-15" />;
  const { analysis, indicators } = answer;
  const closedMs = indicators.timestamp + barMs(timeframe);
  return (
    <div className="min-h-15" data-testid="indicators-reading">
      <p className="flex flex-wrap gap-x-2">
        <span className="text-muted">{text.indicators.together}</span>
        <Meaning direction={analysis.signal} />
        <span>{text.indicators.strength(numbers.whole(analysis.strength))}</span>
      </p>
      <p className="flex flex-wrap gap-x-2">
        <span className="text-muted">{text.indicators.averages}</span>
        <Meaning direction={analysis.details.ema.signal} />
      </p>
      <p className="text-axis text-muted">{text.indicators.closedAt(momentInZone(closedMs))}</p>
    </div>
  );
}
