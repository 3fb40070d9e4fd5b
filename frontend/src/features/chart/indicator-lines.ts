import { numbers } from "@/shared/format/numbers";
import type { IndicatorId } from "@/shared/market/indicators";
import { text } from "@/shared/text";
import type { ColourToken } from "./chart-colours";
import type { IndicatorColumn } from "./indicator-values";

/** One drawn series of an indicator. */
export interface IndicatorLine {
  readonly indicator: IndicatorId;
  readonly column: IndicatorColumn;
  readonly colour: ColourToken;
  /** Of the size of a price, of a price's moves, or of neither. */
  readonly measure: "price" | "move" | "index";
  readonly shape: "line" | "dashes" | "bars";
  /** Levels of its own pane that its readings are judged by. */
  readonly levels?: readonly number[];
}

/** Nothing is spelt a second time: a line that is listed here is drawn, named and tabled. */
export const INDICATOR_LINES: readonly IndicatorLine[] = [
  { indicator: "ema9", column: "ema9", colour: "ema9", measure: "price", shape: "line" },
  { indicator: "ema21", column: "ema21", colour: "ema21", measure: "price", shape: "line" },
  { indicator: "ema50", column: "ema50", colour: "ema50", measure: "price", shape: "line" },
  { indicator: "ema200", column: "ema200", colour: "ema200", measure: "price", shape: "line" },
  {
    indicator: "bollinger",
    column: "bollingerUpper",
    colour: "neutral",
    measure: "price",
    shape: "line",
  },
  {
    indicator: "bollinger",
    column: "bollingerMiddle",
    colour: "neutral",
    measure: "price",
    shape: "dashes",
  },
  {
    indicator: "bollinger",
    column: "bollingerLower",
    colour: "neutral",
    measure: "price",
    shape: "line",
  },
  { indicator: "vwap", column: "vwap", colour: "accent", measure: "price", shape: "dashes" },
  {
    indicator: "rsi",
    column: "rsi",
    colour: "accent",
    measure: "index",
    shape: "line",
    levels: [30, 70],
  },
  { indicator: "macd", column: "macd", colour: "accent", measure: "move", shape: "line" },
  { indicator: "macd", column: "macdSignal", colour: "warn", measure: "move", shape: "line" },
  {
    indicator: "macd",
    column: "macdHistogram",
    colour: "neutral",
    measure: "move",
    shape: "bars",
    levels: [0],
  },
];

/** The lines of the indicators, in the order in which they are listed. */
export function linesOf(indicators: readonly IndicatorId[]): readonly IndicatorLine[] {
  return INDICATOR_LINES.filter(({ indicator }) => indicators.includes(indicator));
}

/** `price` is one of the market's, whose size says how exact a move has to be. */
export function valueInWords(
  { measure }: IndicatorLine,
  value: number | null,
  price: number,
): string {
  if (value === null) return text.none;
  if (measure === "index") return numbers.ratio(value);
  return measure === "move" ? numbers.move(value, price) : numbers.price(value);
}

/** Shorter where the axis has no use for the digits that the legend tells. */
export function valueOnAxis(line: IndicatorLine, value: number, price: number): string {
  return line.measure === "index" ? numbers.whole(value) : valueInWords(line, value, price);
}
