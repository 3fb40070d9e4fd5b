import { numbers } from "@/shared/format/numbers";
import { momentInZone } from "@/shared/format/times";
import { text } from "@/shared/text";
import type { SeenCandles } from "./frozen-inputs";
import { InputPart } from "./InputPart";

const words = text.signalPage.inputs;

/** The candles it was decided on, and the hash that proves them. */
export function InputCandles({ candles }: { readonly candles: SeenCandles }) {
  const { count, fromMs, untilMs, hash } = candles;
  const isWhole = count !== null && fromMs !== null && untilMs !== null;
  return (
    <div className="mt-4">
      <InputPart title={words.candles}>
        {isWhole && (
          <p>
            {words.candlesSaid(numbers.whole(count), momentInZone(fromMs), momentInZone(untilMs))}
          </p>
        )}
        <p className="text-axis text-muted">
          {words.hash} <code className="break-all">{hash}</code>
        </p>
      </InputPart>
    </div>
  );
}
