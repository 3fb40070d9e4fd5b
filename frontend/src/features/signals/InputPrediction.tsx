import { numbers } from "@/shared/format/numbers";
import { text } from "@/shared/text";
import type { SeenPrediction } from "./frozen-inputs";

const words = text.signalPage.inputs;

/** What the model forecast, or why it was silent. */
export function InputPrediction({ prediction }: { readonly prediction: SeenPrediction }) {
  const { up, neutral, down, silence } = prediction;
  const chances = [up, neutral, down].map(numbers.share) as [string, string, string];
  return (
    <>
      <p>{words.chances(...chances)}</p>
      {silence !== null && (
        <p className="text-axis text-muted">
          {text.signalView.notes.rulesOnly.sentence(silence)} {words.usualShares}
        </p>
      )}
    </>
  );
}
