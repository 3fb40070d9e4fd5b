/** The shapes of the platform's REST answers and socket events. */

import type { MarketSymbol } from "@/shared/market/symbol";
import type { Timeframe } from "@/shared/market/timeframe";

export interface Success<T> {
  readonly success: true;
  readonly data: T;
}

export interface Failure {
  readonly success: false;
  readonly error: {
    readonly message: string;
    readonly type?: string;
    readonly requestId?: string;
  };
}

export type Envelope<T> = Success<T> | Failure;

/** [openMs, open, high, low, close, volume] */
export type CandleRow = readonly [number, number, number, number, number, number];

export interface CandlePage {
  readonly symbol: string;
  readonly timeframe: string;
  readonly closedUntil: number | null;
  readonly candles: readonly CandleRow[];
}

/** The price and, where the exchange tells them, the figures of the last 24 hours. */
export interface PriceTick {
  readonly symbol: string;
  readonly price: number;
  /** Event time, milliseconds. */
  readonly timestamp: number;
  /** A percentage. */
  readonly change24h?: number | null;
  readonly high24h?: number | null;
  readonly low24h?: number | null;
  /** In the base asset. */
  readonly volume24h?: number | null;
  readonly source?: string;
}

export interface CandleTick {
  readonly symbol: string;
  readonly timeframe: string;
  readonly candle: CandleRow;
  readonly closed: boolean;
}

export const FEED_STATES = ["live", "delayed", "stale", "offline", "ended"] as const;

export interface FeedReport {
  readonly state: (typeof FEED_STATES)[number];
  /** Wall milliseconds since the exchange's last event; null before the first. */
  readonly ageMs: number | null;
  readonly source: string;
  readonly kind: "live" | "replay" | "simulated";
}

export interface Room {
  readonly symbol: MarketSymbol;
  readonly timeframe: Timeframe;
}

export type RoomAck =
  | { readonly ok: true; readonly room: string }
  | { readonly ok: false; readonly error: string | { readonly message: string } };

/** What the server sends. Payloads are unknown until one of the readers of read-events.ts took them. */
export interface ServerEvents {
  price_update: (payload: unknown) => void;
  candle_update: (payload: unknown) => void;
  feed_state: (payload: unknown) => void;
}

export interface ClientEvents {
  subscribe: (room: Room, ack: (answer: RoomAck) => void) => void;
  unsubscribe: (room: Room, ack: (answer: RoomAck) => void) => void;
}
