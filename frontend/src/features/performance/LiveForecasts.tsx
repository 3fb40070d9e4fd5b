import type { Schema } from "@/shared/api/contract";
import { numbers } from "@/shared/format/numbers";
import { times } from "@/shared/format/times";
import { text } from "@/shared/text";
import { Figure } from "./Figure";
import { signedShare, SkillInterval } from "./ModelFigures";

const words = text.performance.model.live;

/** What a model's forecasts were worth that it made before anyone knew what would come. */
export function LiveForecasts({ live }: { readonly live: Schema<"LiveAnswer"> }) {
  const { scored, verdict, figures } = live;
  return (
    <section aria-label={words.title} className="border-t border-line py-3">
      <h3 className="font-semibold">{words.title}</h3>
      <p>
        {words.scored(numbers.whole(scored))} {words.verdict(verdict)}
      </p>
      {figures && <LiveFigures figures={figures} />}
    </section>
  );
}

function LiveFigures({ figures }: { readonly figures: Schema<"LiveFiguresAnswer"> }) {
  const names = text.performance.model.figures;
  const { share, loss } = numbers;
  return (
    <>
      <p className="text-muted">
        {words.period(times.moment(figures.from_ms), times.moment(figures.until_ms))}{" "}
        {times.zone(figures.until_ms)}
      </p>
      <dl className="my-3 grid grid-cols-1 gap-4 sm:grid-cols-2 lg:grid-cols-4">
        <Figure
          name={names.skill}
          value={signedShare(figures.skill)}
          detail={<SkillInterval skill={figures.skill} interval={figures.skill_interval} />}
        />
        <Figure
          name={names.logLoss}
          value={loss(figures.log_loss)}
          detail={names.prior(loss(figures.prior_log_loss))}
        />
        <Figure
          name={names.error}
          value={share(figures.expected_calibration_error)}
          detail={names.errorDetail}
        />
        <Figure
          name={names.accuracy}
          value={share(figures.hit_rate)}
          detail={names.baseline(share(figures.majority_rate), share(figures.balanced_accuracy))}
        />
      </dl>
    </>
  );
}
