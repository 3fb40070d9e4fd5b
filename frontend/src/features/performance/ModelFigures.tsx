import type { ModelSummary } from "@/shared/api/ml-api";
import { numbers } from "@/shared/format/numbers";
import { IntervalBar } from "@/shared/plot/IntervalBar";
import { spanAround } from "@/shared/plot/scale";
import { text } from "@/shared/text";
import { Figure } from "./Figure";

const words = text.performance.model.figures;

/** What the untouched stretch said of a model; accuracy only beside what naming one class gives. */
export function ModelFigures({ summary }: { readonly summary: ModelSummary }) {
  const { share, loss, whole } = numbers;
  const { log_loss_skill: skill, skill_lower_bound: bound } = summary;
  return (
    <dl className="my-4 grid grid-cols-1 gap-4 sm:grid-cols-2 lg:grid-cols-[6fr_4fr_4fr_5fr_4fr]">
      <Figure
        name={words.skill}
        value={signedShare(skill)}
        detail={
          <>
            <SkillInterval skill={skill} interval={summary.skill_interval} />
            <p>{words.ofTheGate(signedShare(bound))}</p>
          </>
        }
      />
      <Figure
        name={words.logLoss}
        value={loss(summary.log_loss)}
        detail={words.prior(loss(summary.prior_log_loss))}
      />
      <Figure name={words.error} value={share(summary.ece)} detail={words.errorDetail} />
      <Figure
        name={words.accuracy}
        value={share(summary.accuracy)}
        detail={words.baseline(share(summary.majority_rate), share(summary.balanced_accuracy))}
      />
      <Figure
        name={words.bars}
        value={whole(summary.bars)}
        detail={words.configurations(whole(summary.configurations_tried))}
      />
    </dl>
  );
}

/** Of 1; skill is below zero where knowing nothing would have been better. */
export function signedShare(value: number): string {
  return numbers.percent(100 * value);
}

interface SkillIntervalProps {
  readonly skill: number;
  /** 95 % */
  readonly interval: readonly [number, number];
}

export function SkillInterval({ skill, interval: [low, high] }: SkillIntervalProps) {
  return (
    <>
      <div className="max-w-48">
        <IntervalBar
          low={low}
          at={skill}
          high={high}
          span={spanAround([low, high])}
          reference={0}
        />
      </div>
      <p>{text.performance.headline.interval(signedShare(low), signedShare(high))}</p>
    </>
  );
}
