import type { ReactNode } from "react";
import { numbers } from "@/shared/format/numbers";
import { IntervalBar } from "@/shared/plot/IntervalBar";
import { spanAround } from "@/shared/plot/scale";
import { text } from "@/shared/text";
import type { Interval } from "./verdict";

const words = text.performance.headline;
const HOLD: Interval = { low: 0, at: 0, high: 0 };

interface ComparedProps {
  /** Null where there are too few outcomes. */
  readonly mean: Interval | null;
  readonly random: Interval | null;
  readonly draws: number;
}

/** The mean net R of these signals beside what chance and doing nothing made, on one line each. */
export function Compared({ mean, random, draws }: ComparedProps) {
  const shown = [mean, random].filter((interval) => interval !== null);
  if (shown.length === 0) return null;
  const span = spanAround(shown.flatMap(({ low, high }) => [low, high]));
  return (
    <section aria-label={words.compared}>
      <h3 className="mb-1 text-caps text-muted">{words.compared}</h3>
      <Row name={words.signals} detail={words.signalsDetail} interval={mean} span={span} isOwn />
      <Row
        name={words.random}
        detail={random ? words.randomDetail(numbers.whole(draws)) : words.noRandom}
        interval={random}
        span={span}
      />
      <Row name={words.hold} detail="" interval={HOLD} span={span} />
    </section>
  );
}

interface RowProps {
  readonly name: string;
  readonly detail: string;
  readonly interval: Interval | null;
  readonly span: readonly [number, number];
  /** The signals themselves, which stand out among what they are compared with. */
  readonly isOwn?: boolean;
}

function Row({ name, detail, interval, span, isOwn = false }: RowProps): ReactNode {
  return (
    <div className="grid grid-cols-[1fr_auto] items-center gap-x-4 border-t border-line py-1 md:grid-cols-[15rem_1fr_13rem]">
      <p>
        {name} <span className="text-axis text-muted">{detail}</span>
      </p>
      <div className="order-last col-span-2 md:order-none md:col-span-1">
        {interval && (
          <IntervalBar
            {...interval}
            span={span}
            reference={0}
            tone={isOwn ? "accent" : "neutral"}
          />
        )}
      </div>
      <p className="text-right whitespace-nowrap">{interval ? inWords(interval) : text.none}</p>
    </div>
  );
}

function inWords({ low, at, high }: Interval): ReactNode {
  const { signed } = numbers;
  if (low === high) return signed(at);
  return (
    <>
      {signed(at)} <span className="text-muted">({words.range(signed(low), signed(high))})</span>
    </>
  );
}
