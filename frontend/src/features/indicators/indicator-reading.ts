import type { IndicatorReading } from "@/shared/api/analysis-api";
import { numbers } from "@/shared/format/numbers";
import type { IndicatorId } from "@/shared/market/indicators";
import { text } from "@/shared/text";

/** What one indicator reads, and what that means where it means anything by itself. */
export interface ReadingInWords {
  readonly value: string | null;
  readonly direction: string | null;
}

const NOTHING: ReadingInWords = { value: null, direction: null };

type Details = IndicatorReading["analysis"]["details"];

type Read = (answer: IndicatorReading, details: Details) => ReadingInWords;

function price(value: string | null): ReadingInWords {
  return { value: value === null ? text.none : numbers.price(Number(value)), direction: null };
}

const READERS: Readonly<Partial<Record<IndicatorId, Read>>> = {
  ema9: ({ indicators }) => price(indicators.ema9),
  ema21: ({ indicators }) => price(indicators.ema21),
  ema50: ({ indicators }) => price(indicators.ema50),
  ema200: ({ indicators }) => price(indicators.ema200),
  vwap: ({ indicators }) => price(indicators.vwap),
  bollinger: (_answer, { bollinger }) => ({
    value: bollinger.position === null ? text.none : inBand(bollinger.position),
    direction: bollinger.signal,
  }),
  rsi: (_answer, { rsi }) => ({
    value: rsi.value === null ? text.none : numbers.ratio(rsi.value),
    direction: rsi.signal,
  }),
  macd: ({ indicators }, { macd }) => ({
    value: macd.value === null ? text.none : move(macd.value, indicators.ema9),
    direction: macd.signal,
  }),
};

/** 0 at the lower band, 1 at the upper one. */
function inBand(position: number): string {
  return text.indicators.inBand(numbers.ratio(position));
}

/** A move is as exact as the price near which it is: that of the quickest average. */
function move(value: number, near: string | null): string {
  return numbers.move(value, Number(near ?? value));
}

/** In words; nothing where there is nothing to read, as of marks. */
export function readingOf(id: IndicatorId, answer: IndicatorReading | undefined): ReadingInWords {
  const read = READERS[id];
  if (!answer || !read) return NOTHING;
  return read(answer, answer.analysis.details);
}
