import { numberOf, textOf } from "@/shared/signals/signal";
import { fieldsOf, listOf, type Fields } from "./json-fields";

export interface Reading {
  readonly name: string;
  /** Null: not warm at that bar. */
  readonly value: number | null;
}

export interface SeenPattern {
  readonly type: string;
  /** 1…100 */
  readonly strength: number | null;
  /** Open of the bar at which it was complete. */
  readonly openMs: number | null;
}

/** In the base asset. */
export interface SeenVolume {
  readonly current: number;
  readonly average: number;
  readonly ratio: number;
}

/** Chances are of 1. */
export interface SeenPrediction {
  readonly up: number;
  readonly neutral: number;
  readonly down: number;
  /** Null: the model spoke. */
  readonly silence: string | null;
}

export interface Source {
  readonly name: string;
  /** Null: it was there. */
  readonly absence: string | null;
}

/** The closed candles that every source saw. */
export interface SeenCandles {
  readonly count: number | null;
  readonly fromMs: number | null;
  readonly untilMs: number | null;
  readonly hash: string;
}

/** What a signal was decided from, as it was stored with it. */
export interface FrozenInputs {
  readonly readings: readonly Reading[];
  readonly patterns: readonly SeenPattern[];
  readonly volume: SeenVolume | null;
  readonly prediction: SeenPrediction | null;
  readonly sources: readonly Source[];
  readonly candles: SeenCandles | null;
}

const ABSENT = "absent: ";

/** As they are read; the store keeps no order. */
const INDICATORS = [
  "rsi",
  "macd",
  "macd_signal",
  "macd_histogram",
  "ema_9",
  "ema_21",
  "ema_50",
  "ema_200",
  "vwap",
  "atr",
  "bollinger_upper",
  "bollinger_middle",
  "bollinger_lower",
];

function placeOf(name: string): number {
  const place = INDICATORS.indexOf(name);
  return place === -1 ? INDICATORS.length : place;
}

function isReading(value: unknown): boolean {
  return value === null || typeof value === "number";
}

/** Those that this page does not know come last. */
function readingsOf(indicators: unknown): readonly Reading[] {
  return Object.entries(fieldsOf(indicators))
    .filter(([name, value]) => name !== "opened_at_ms" && isReading(value))
    .map(([name, value]) => ({ name, value: numberOf(value) }))
    .toSorted((a, b) => placeOf(a.name) - placeOf(b.name));
}

function patternsOf(patterns: unknown): readonly SeenPattern[] {
  return listOf(patterns).flatMap((one) => {
    const { pattern_type, strength, opened_at_ms } = fieldsOf(one);
    const type = textOf(pattern_type);
    if (type === null) return [];
    return [{ type, strength: numberOf(strength), openMs: numberOf(opened_at_ms) }];
  });
}

function volumeOf(volume: unknown): SeenVolume | null {
  const said = fieldsOf(volume);
  const [current, average, ratio] = [said["current"], said["average"], said["ratio"]].map(numberOf);
  if (current == null || average == null || ratio == null) return null;
  return { current, average, ratio };
}

function predictionOf(prediction: unknown): SeenPrediction | null {
  const said = fieldsOf(prediction);
  const [up, neutral, down] = [said["p_up"], said["p_neutral"], said["p_down"]].map(numberOf);
  if (up == null || neutral == null || down == null) return null;
  const silence = said["abstained"] === true ? (textOf(said["reason"]) ?? "") : null;
  return { up, neutral, down, silence };
}

function sourcesOf(sources: unknown): readonly Source[] {
  return Object.entries(fieldsOf(sources)).flatMap(([name, state]) => {
    if (state === "present") return { name, absence: null };
    const said = textOf(state);
    return said?.startsWith(ABSENT) ? { name, absence: said.slice(ABSENT.length) } : [];
  });
}

function candlesOf(candles: unknown): SeenCandles | null {
  const said = fieldsOf(candles);
  const hash = textOf(said["hash"]);
  if (hash === null) return null;
  return {
    hash,
    count: numberOf(said["count"]),
    fromMs: numberOf(said["fromMs"]),
    untilMs: numberOf(said["untilMs"]),
  };
}

/** `inputs` of a stored signal; a part that is missing or written otherwise is left out. */
export function frozenInputs(inputs: Fields): FrozenInputs {
  const bar = fieldsOf(inputs["bar"]);
  return {
    readings: readingsOf(bar["indicators"]),
    patterns: patternsOf(bar["patterns"]),
    volume: volumeOf(bar["volume"]),
    prediction: predictionOf(bar["prediction"]),
    sources: sourcesOf(inputs["sources"]),
    candles: candlesOf(inputs["candles"]),
  };
}
