import type { CandleTick, PriceTick, Room, RoomAck } from "@/shared/api/contract";
import type { LiveSocket } from "@/shared/api/live-socket";
import {
  barOf,
  readCandleTick,
  readFeedReport,
  readPriceTick,
  readSignalEvent,
} from "@/shared/api/read-events";
import type { Bar } from "@/shared/market/bar";
import { compactSymbol } from "@/shared/market/symbol";
import type { TradeSignal } from "@/shared/signals/signal";
import { FrameBatch, type NextFrame } from "./frame-batch";
import { atPrice } from "./open-bar";
import { createLiveStore, type LiveStore } from "./live-store";

export interface SessionOutside {
  readonly socket: LiveSocket;
  readonly nextFrame: NextFrame;
  /** The wall clock, for the age of reports. */
  readonly nowMs: () => number;
}

type ClosedBarsListener = (bars: readonly Bar[]) => void;

/** A signal that is new, or one whose state or outcome changed. */
export interface SignalEvent {
  readonly kind: "new" | "update";
  readonly signal: TradeSignal;
}

type SignalListener = (event: SignalEvent) => void;

/** More candles than this between two frames are read again over REST instead. */
const CANDLES_A_FRAME = 1_000;

function refusalOf(answer: RoomAck): string | null {
  if (answer.ok) return null;
  return typeof answer.error === "string" ? answer.error : answer.error.message;
}

/** Turns what the socket pushes into the live store, for one followed room at a time. */
export class LiveSession {
  readonly store: LiveStore = createLiveStore();
  readonly #socket: LiveSocket;
  readonly #nowMs: () => number;
  readonly #candles: FrameBatch<CandleTick>;
  readonly #prices: FrameBatch<PriceTick>;
  readonly #listeners = new Set<ClosedBarsListener>();
  readonly #signalListeners = new Set<SignalListener>();
  #room: Room | null = null;

  constructor({ socket, nextFrame, nowMs }: SessionOutside) {
    this.#socket = socket;
    this.#nowMs = nowMs;
    this.#candles = new FrameBatch(nextFrame, CANDLES_A_FRAME, (ticks) => this.#takeCandles(ticks));
    this.#prices = new FrameBatch(nextFrame, 1, (ticks) => this.#takePrices(ticks));
    socket.on("connect", () => this.#arrive());
    socket.on("disconnect", () => this.store.setState({ connection: "reconnecting" }));
    socket.on("connect_error", () => this.store.setState({ connection: "reconnecting" }));
    socket.on("feed_state", (payload) => this.#hearReport(payload));
    socket.on("price_update", (payload) => this.#hearPrice(payload));
    socket.on("candle_update", (payload) => this.#hearCandle(payload));
    socket.on("new_signal", (payload) => this.#hearSignal("new", payload));
    socket.on("signal_update", (payload) => this.#hearSignal("update", payload));
  }

  /** Enters a room, anew after every reconnect, until the returned function leaves it. */
  follow(room: Room): () => void {
    const { price } = this.store.getState();
    const isSameMarket = price?.symbol === compactSymbol(room.symbol);
    this.#room = room;
    this.#candles.clear();
    this.#prices.clear();
    this.store.setState({ openBar: null, refusal: null, price: isSameMarket ? price : null });
    if (this.#socket.connected) this.#enter(room);
    return () => this.#leave(room);
  }

  /** Delivers the bars that close in the followed room, in order, at most once a frame. */
  onClosedBars(listener: ClosedBarsListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Delivers the followed room's signals as they are decided and as they change. */
  onSignal(listener: SignalListener): () => void {
    this.#signalListeners.add(listener);
    return () => this.#signalListeners.delete(listener);
  }

  #arrive(): void {
    this.store.setState({ connection: "connected" });
    if (this.#room) this.#enter(this.#room);
  }

  #enter(room: Room): void {
    this.#socket.emit("subscribe", room, (answer) => {
      if (room === this.#room) this.store.setState({ refusal: refusalOf(answer) });
    });
  }

  #leave(room: Room): void {
    if (room === this.#room) this.#room = null;
    if (this.#socket.connected) this.#socket.emit("unsubscribe", room, () => undefined);
  }

  #hearReport(payload: unknown): void {
    const report = readFeedReport(payload);
    if (report) this.store.setState({ heard: { report, heardAtMs: this.#nowMs() } });
  }

  #hearPrice(payload: unknown): void {
    const tick = readPriceTick(payload);
    if (tick && this.#room && tick.symbol === compactSymbol(this.#room.symbol)) {
      this.#prices.push(tick);
    }
  }

  #hearCandle(payload: unknown): void {
    const tick = readCandleTick(payload);
    if (tick && this.#isOfRoom(tick)) this.#candles.push(tick);
  }

  #hearSignal(kind: SignalEvent["kind"], payload: unknown): void {
    const signal = readSignalEvent(payload);
    if (!signal || !this.#isOfRoom(signal.raw)) return;
    for (const listener of this.#signalListeners) listener({ kind, signal });
  }

  #isOfRoom(tick: Pick<CandleTick, "symbol" | "timeframe">): boolean {
    if (!this.#room) return false;
    const { symbol, timeframe } = this.#room;
    return tick.timeframe === timeframe && tick.symbol === compactSymbol(symbol);
  }

  #takePrices(ticks: readonly PriceTick[]): void {
    const latest = ticks.at(-1);
    if (!latest) return;
    this.store.setState(({ price, openBar }) => ({
      price: { ...price, ...latest },
      openBar: openBar && { ...openBar, bar: atPrice(openBar.bar, latest, openBar.room.timeframe) },
    }));
  }

  #takeCandles(ticks: readonly CandleTick[]): void {
    const closed = ticks.filter((tick) => tick.closed).map((tick) => barOf(tick.candle));
    const open = ticks.findLast((tick) => !tick.closed);
    if (closed.length > 0) for (const listener of this.#listeners) listener(closed);
    if (open && this.#room) {
      this.store.setState({ openBar: { room: this.#room, bar: barOf(open.candle) } });
    }
  }
}
