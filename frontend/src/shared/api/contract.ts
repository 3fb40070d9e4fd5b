import type { MarketSymbol } from "@/shared/market/symbol";
import type { Timeframe } from "@/shared/market/timeframe";
import type { components, paths } from "./schema";

/** REST: taken from the platform's OpenAPI document, nothing is spelt a second time. */

type Method = "get" | "post";

interface Asked {
  readonly parameters: { readonly query?: unknown; readonly path?: unknown };
  readonly responses: {
    readonly 200: { readonly content: { readonly "application/json": unknown } };
  };
}

/** The paths that can be asked so. */
export type PathOf<M extends Method> = {
  [Path in keyof paths]: paths[Path][M] extends Asked ? Path : never;
}[keyof paths];

type OperationOf<Path extends keyof paths, M extends Method> = Extract<paths[Path][M], Asked>;

/** What a path answers, as it stands in the body. */
export type BodyOf<Path extends keyof paths, M extends Method = "get"> = OperationOf<
  Path,
  M
>["responses"][200]["content"]["application/json"];

/** What stands in the envelope of a path's answer; never, where there is no envelope. */
export type DataOf<Path extends keyof paths, M extends Method = "get"> =
  BodyOf<Path, M> extends { success: true; data: infer Data } ? Data : never;

type Given<Parameters> = [Parameters] extends [undefined] ? object : NonNullable<Parameters>;

/** What a path is asked with: its query and, where its template has any, the parts of its path. */
export interface Question<Path extends keyof paths, M extends Method = "get"> {
  readonly query?: Given<OperationOf<Path, M>["parameters"]["query"]>;
  readonly path?: Given<OperationOf<Path, M>["parameters"]["path"]>;
  readonly signal?: AbortSignal | undefined;
}

export type Schema<Name extends keyof components["schemas"]> = components["schemas"][Name];

export type Failure = components["schemas"]["ErrorEnvelope"];

export type Envelope<Data> = { readonly success: true; readonly data: Data } | Failure;

/** [openMs, open, high, low, close, volume] */
export type CandleRow = components["schemas"]["CandlePage"]["candles"][number];

/** Socket events, which no OpenAPI document describes: docs/architecture.md does. */

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

/** A place in the log of a room: `seq` rises by one from event to event, in one life of the log. */
export interface Place {
  readonly epoch: string;
  readonly seq: number;
}

/** What every event of a room names. */
export interface OfRoom {
  readonly symbol: string;
  readonly timeframe: string;
}

/** A closed one comes from the log of rooms, with its place in it; an open one has none. */
export interface CandleTick extends OfRoom, Partial<Place> {
  readonly candle: CandleRow;
  readonly closed: boolean;
}

/** The indicators at a bar that closed, from the log of rooms. */
export interface IndicatorTick extends OfRoom, Partial<Place> {
  readonly indicators: components["schemas"]["IndicatorRow"];
  /** The bar's open, milliseconds. */
  readonly timestamp: number;
}

/** In place of what was missed: the picture of a room at a place in its log. */
export interface RoomSnapshot extends Place {
  readonly room: string;
}

export const FEED_STATES = ["live", "delayed", "stale", "offline", "ended"] as const;

export interface FeedReport {
  /** Of a newer server's words is known only that they are not ours. */
  readonly state: (typeof FEED_STATES)[number] | "unknown";
  /** Wall milliseconds since the exchange's last event; null before the first. */
  readonly ageMs: number | null;
  readonly source: string;
  /** "live", "replay", "simulated" or what a newer server knows. */
  readonly kind: string;
}

export interface Room {
  readonly symbol: MarketSymbol;
  readonly timeframe: Timeframe;
}

export type RoomAck =
  | {
      readonly ok: true;
      readonly room: string;
      /** Every event of the room with a higher number comes; null while the log cannot be read. */
      readonly epoch?: string | null;
      readonly seq?: number | null;
      /** What was missed cannot be told: a snapshot follows. */
      readonly snapshot?: boolean;
    }
  | { readonly ok: false; readonly error: string | { readonly message: string } };

/** From where on a client that was away is to be told of a room. */
export interface Resumption extends Place {
  readonly room: string;
}

export interface ClientEvents {
  subscribe: (room: Room, ack: (answer: RoomAck) => void) => void;
  unsubscribe: (room: Room, ack: (answer: RoomAck) => void) => void;
  resume: (from: Resumption, ack: (answer: RoomAck) => void) => void;
}
