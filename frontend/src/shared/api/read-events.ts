import type { Bar } from "@/shared/market/bar";
import { readSignal, type RawSignal, type TradeSignal } from "@/shared/signals/signal";
import {
  FEED_STATES,
  type CandleRow,
  type CandleTick,
  type FeedReport,
  type IndicatorTick,
  type OfRoom,
  type Place,
  type PriceTick,
  type RoomSnapshot,
} from "./contract";

/** Readers of what the server pushed: the event, or null for a payload that is none. */

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(payload: unknown): Fields {
  return typeof payload === "object" && payload !== null ? (payload as Fields) : {};
}

function isFinitePositive(value: unknown): value is number {
  return Number.isFinite(value) && (value as number) > 0;
}

function isPlace({ epoch, seq }: Fields): boolean {
  return typeof epoch === "string" && Number.isSafeInteger(seq) && (seq as number) >= 0;
}

function isOfRoom({ symbol, timeframe }: Fields): boolean {
  return typeof symbol === "string" && typeof timeframe === "string";
}

function isCandleRow(value: unknown): value is CandleRow {
  return Array.isArray(value) && value.length >= 6 && value.slice(0, 6).every(Number.isFinite);
}

export function barOf(row: CandleRow): Bar {
  const [openMs, open, high, low, close, volume] = row;
  return { openMs, open, high, low, close, volume };
}

export function readPriceTick(payload: unknown): PriceTick | null {
  const { symbol, price, timestamp } = fieldsOf(payload);
  const isTick =
    typeof symbol === "string" && isFinitePositive(price) && Number.isFinite(timestamp);
  return isTick ? (payload as PriceTick) : null;
}

export function readCandleTick(payload: unknown): CandleTick | null {
  const fields = fieldsOf(payload);
  const isTick =
    isOfRoom(fields) && typeof fields["closed"] === "boolean" && isCandleRow(fields["candle"]);
  return isTick ? (payload as CandleTick) : null;
}

export function readIndicatorTick(payload: unknown): IndicatorTick | null {
  const fields = fieldsOf(payload);
  const { indicators, timestamp } = fields;
  const isTick =
    isOfRoom(fields) &&
    Number.isFinite(timestamp) &&
    typeof indicators === "object" &&
    indicators !== null;
  return isTick ? (payload as IndicatorTick) : null;
}

/** Any event of the log of a room, of whatever name: where it stands. */
export function readNumbered(payload: unknown): (OfRoom & Place) | null {
  const fields = fieldsOf(payload);
  return isOfRoom(fields) && isPlace(fields) ? (payload as OfRoom & Place) : null;
}

export function readSnapshot(payload: unknown): RoomSnapshot | null {
  const fields = fieldsOf(payload);
  const isSnapshot = typeof fields["room"] === "string" && isPlace(fields);
  return isSnapshot ? (payload as RoomSnapshot) : null;
}

/** A whole signal, as `new_signal` and `signal_update` carry it. */
export function readSignalEvent(payload: unknown): TradeSignal | null {
  const { id, symbol, timeframe, signalType, timestamp, reasoning } = fieldsOf(payload);
  const isSignal =
    [id, symbol, timeframe, signalType].every((field) => typeof field === "string") &&
    Number.isFinite(timestamp) &&
    typeof reasoning === "object" &&
    reasoning !== null;
  return isSignal ? readSignal(payload as RawSignal) : null;
}

export function readFeedReport(payload: unknown): FeedReport | null {
  const { state, source, kind } = fieldsOf(payload);
  const isReport = [state, source, kind].every((field) => typeof field === "string");
  if (!isReport) return null;
  const report = payload as FeedReport;
  return FEED_STATES.some((known) => known === state) ? report : { ...report, state: "unknown" };
}
