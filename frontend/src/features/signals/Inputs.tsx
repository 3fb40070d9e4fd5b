import { numbers } from "@/shared/format/numbers";
import type { FrozenSignal } from "@/shared/signals/signal";
import { text } from "@/shared/text";
import { Card } from "@/shared/ui/Card";
import { frozenInputs, type FrozenInputs } from "./frozen-inputs";
import { InputCandles } from "./InputCandles";
import { InputPart } from "./InputPart";
import { InputPatterns } from "./InputPatterns";
import { InputPrediction } from "./InputPrediction";
import { InputReadings } from "./InputReadings";
import { InputSources } from "./InputSources";

const words = text.signalPage.inputs;

/** Everything that the signal was decided from, as it was then. */
export function Inputs({ signal }: { readonly signal: FrozenSignal }) {
  const inputs = frozenInputs(signal.details.inputs);
  const { readings, patterns, volume, prediction, sources, candles } = inputs;
  return (
    <Card title={words.title} testId="inputs">
      <div className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
        <InputPart title={words.indicators}>
          <InputReadings readings={readings} />
        </InputPart>
        <div className="flex flex-col gap-4">
          <InputPart title={words.patterns}>
            {isAbsent(inputs, "patterns") ? (
              words.absentPatterns
            ) : (
              <InputPatterns patterns={patterns} signal={signal} />
            )}
          </InputPart>
          <InputPart title={words.volume}>
            {volume
              ? words.volumeSaid(
                  numbers.compact(volume.current),
                  numbers.ratio(volume.ratio),
                  numbers.compact(volume.average),
                )
              : words.absentVolume}
          </InputPart>
          <InputPart title={words.prediction}>
            {prediction ? <InputPrediction prediction={prediction} /> : words.absentPrediction}
          </InputPart>
          <InputPart title={words.sources}>
            <InputSources sources={sources} />
          </InputPart>
        </div>
      </div>
      {candles && <InputCandles candles={candles} />}
    </Card>
  );
}

function isAbsent({ sources }: FrozenInputs, source: string): boolean {
  return sources.some(({ name, absence }) => name === source && absence !== null);
}
