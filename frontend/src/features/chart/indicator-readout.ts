import { numbers } from "@/shared/format/numbers";
import type { Bar } from "@/shared/market/bar";
import type { IndicatorId } from "@/shared/market/indicators";
import { text } from "@/shared/text";
import type { ColourToken } from "./chart-colours";
import { linesOf, valueInWords } from "./indicator-lines";
import type { IndicatorValues } from "./indicator-values";

export interface Reading {
  readonly name: string;
  readonly words: string;
  readonly colour: ColourToken;
}

/** What an indicator reads at a bar, a reading for each of its lines; none where it has no lines. */
export function readoutOf(id: IndicatorId, bar: Bar, values: IndicatorValues): readonly Reading[] {
  if (id === "volume") {
    const words = numbers.compact(bar.volume);
    return [{ name: text.indicators.name(id), words, colour: "muted" }];
  }
  const row = values.get(bar.openMs);
  return linesOf([id]).map((line) => ({
    name: text.indicators.column(line.column),
    words: valueInWords(line, row?.[line.column] ?? null, bar.close),
    colour: line.colour,
  }));
}
