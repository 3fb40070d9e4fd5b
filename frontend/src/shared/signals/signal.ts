import type { Schema } from "@/shared/api/contract";
import type { MarketSymbol } from "@/shared/market/symbol";
import { spokenSymbol } from "@/shared/market/symbol";
import type { Timeframe } from "@/shared/market/timeframe";

export type RawSignal = Schema<"Signal">;

/** Of one family: what it said, and what it is worth in the score. */
export interface Evidence {
  readonly family: string;
  /** value × weight, exactly; the points of all families add up to the score. */
  readonly points: number;
  /** −1…1, positive for BUY; null where only the points are kept, as a HOLD's are. */
  readonly value: number | null;
  readonly weight: number | null;
  readonly sentence: string | null;
}

/** The prices of a BUY or SELL. */
export interface Levels {
  readonly entry: number;
  readonly zoneMin: number;
  readonly zoneMax: number;
  readonly stop: number;
  /** Nearest first. */
  readonly targets: readonly number[];
}

/** A signal as the page works with it: prices are numbers, and what is unknown stays as it came. */
export interface TradeSignal {
  readonly id: string;
  readonly symbol: MarketSymbol;
  readonly timeframe: Timeframe;
  /** BUY, SELL or HOLD; whatever a newer server may say is shown, and drawn as HOLD is. */
  readonly type: string;
  readonly status: string;
  readonly origin: string;
  /** Open of the decided candle. */
  readonly openMs: number;
  readonly score: number;
  readonly threshold: number;
  readonly evidence: readonly Evidence[];
  readonly summary: string;
  readonly levels: Levels | null;
  /** 0…100 */
  readonly confidence: number;
  readonly raw: RawSignal;
}

/** With everything that it was decided from, and all that became of it. */
export interface FrozenSignal extends TradeSignal {
  readonly details: Schema<"SignalDetails">;
}

/** A number, or a text that is one; null for anything else. */
export function numberOf(value: unknown): number | null {
  const number = typeof value === "string" && value !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : null;
}

/** Null for what is no text. */
export function textOf(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

function evidenceOf(row: unknown): Evidence | null {
  const { family, points, value, weight, sentence } = (row ?? {}) as Record<string, unknown>;
  const counted = numberOf(points);
  if (typeof family !== "string" || counted === null) return null;
  return {
    family,
    points: counted,
    value: numberOf(value),
    weight: numberOf(weight),
    sentence: textOf(sentence),
  };
}

function levelsOf(raw: RawSignal): Levels | null {
  const { entryPrice, entryZoneMin, entryZoneMax, stopLoss } = raw;
  const [entry, stop] = [numberOf(entryPrice), numberOf(stopLoss)];
  if (entry === null || stop === null) return null;
  const targets = [raw.takeProfit1, raw.takeProfit2, raw.takeProfit3].map(numberOf);
  return {
    entry,
    stop,
    zoneMin: numberOf(entryZoneMin) ?? entry,
    zoneMax: numberOf(entryZoneMax) ?? entry,
    targets: targets.filter((target) => target !== null),
  };
}

export function readSignal(raw: RawSignal): TradeSignal {
  const said = raw.reasoning as Readonly<Record<string, unknown>>;
  const rows = Array.isArray(said["evidence"]) ? (said["evidence"] as unknown[]) : [];
  return {
    id: raw.id,
    symbol: spokenSymbol(raw.symbol),
    timeframe: raw.timeframe,
    type: raw.signalType,
    status: raw.status,
    origin: raw.origin,
    openMs: raw.timestamp,
    score: raw.score,
    threshold: raw.threshold,
    evidence: rows.map(evidenceOf).filter((row) => row !== null),
    summary: textOf(said["summary"]) ?? "",
    levels: levelsOf(raw),
    confidence: raw.confidence,
    raw,
  };
}

/** +1 for BUY, −1 for SELL, 0 for everything else. */
export function sideOf({ type }: Pick<TradeSignal, "type">): 1 | 0 | -1 {
  return type === "BUY" ? 1 : type === "SELL" ? -1 : 0;
}
