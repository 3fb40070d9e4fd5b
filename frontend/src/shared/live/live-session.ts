import type { IndicatorTick, OfRoom, Room } from "@/shared/api/contract";
import type { LiveSocket } from "@/shared/api/live-socket";
import {
  barOf,
  readCandleTick,
  readFeedReport,
  readIndicatorTick,
  readNumbered,
  readPriceTick,
  readSignalEvent,
  readSnapshot,
} from "@/shared/api/read-events";
import type { Bar } from "@/shared/market/bar";
import { compactSymbol } from "@/shared/market/symbol";
import type { TradeSignal } from "@/shared/signals/signal";
import { FrameBatch, type NextFrame } from "./frame-batch";
import { NO_NEWS, withCandle, withIndicators, withPrice, type FrameNews } from "./frame-news";
import { judgeFeed } from "./judge-feed";
import { Listeners } from "./listeners";
import { createLiveStore, type LiveStore } from "./live-store";
import { atPrice } from "./open-bar";
import { RoomFollower } from "./room-follower";

export interface SessionOutside {
  readonly socket: LiveSocket;
  readonly nextFrame: NextFrame;
  /** The wall clock, for the age of reports. */
  readonly nowMs: () => number;
}

/** A signal that is new, or one whose state or outcome changed. */
export interface SignalEvent {
  readonly kind: "new" | "update";
  readonly signal: TradeSignal;
}

/** Turns what the socket pushes into the live store, for one followed room at a time. */
export class LiveSession {
  readonly store: LiveStore = createLiveStore();
  readonly #socket: LiveSocket;
  readonly #nowMs: () => number;
  readonly #frame: FrameBatch<FrameNews>;
  readonly #closedBars = new Listeners<[readonly Bar[]]>();
  readonly #indicators = new Listeners<[readonly IndicatorTick[]]>();
  readonly #signals = new Listeners<[SignalEvent]>();
  readonly #missed = new Listeners<[]>();
  #follower: RoomFollower | null = null;

  /** Events of other names are none of ours, but their numbers count. */
  readonly #takers: Readonly<Record<string, (payload: unknown) => void>> = {
    feed_state: (payload) => this.#hearReport(payload),
    price_update: (payload) => this.#hearPrice(payload),
    candle_update: (payload) => this.#hearCandle(payload),
    indicator_update: (payload) => this.#hearIndicators(payload),
    new_signal: (payload) => this.#hearSignal("new", payload),
    signal_update: (payload) => this.#hearSignal("update", payload),
    snapshot: (payload) => this.#hearSnapshot(payload),
  };

  constructor({ socket, nextFrame, nowMs }: SessionOutside) {
    this.#socket = socket;
    this.#nowMs = nowMs;
    this.#frame = new FrameBatch(nextFrame, NO_NEWS, (news) => this.#takeFrame(news));
    socket.on("connect", () => this.#arrive());
    socket.on("disconnect", () => this.store.setState({ connection: "reconnecting" }));
    socket.on("connect_error", () => this.store.setState({ connection: "reconnecting" }));
    socket.onAny((event: string, payload: unknown) => this.#hear(event, payload));
  }

  /** Enters a room, anew after every reconnect, until the returned function leaves it. */
  follow(room: Room): () => void {
    const { price } = this.store.getState();
    const isSameMarket = price?.symbol === compactSymbol(room.symbol);
    const follower = new RoomFollower(room, {
      socket: this.#socket,
      onAnswer: (refusal) => this.store.setState({ refusal }),
      onMissed: () => this.#missed.tell(),
    });
    this.#follower = follower;
    this.#frame.clear();
    this.store.setState({ openBar: null, refusal: null, price: isSameMarket ? price : null });
    if (this.#socket.connected) follower.enter();
    return () => this.#leave(follower);
  }

  /** Has the followed room tell what was lost while the page slept, if anything was. */
  wake(): void {
    if (this.#socket.connected) this.#follower?.catchUp();
  }

  /** For a reader who will not wait: connects now, or asks for what was lost while connected. */
  retry(): void {
    if (this.#socket.connected && !this.#isLost()) this.wake();
    // Letting go first, because a socket that waits for its next attempt ignores being told to.
    else this.#socket.disconnect().connect();
  }

  /** Delivers the bars that close in the followed room, in order, at most once a frame. */
  onClosedBars(listener: (bars: readonly Bar[]) => void): () => void {
    return this.#closedBars.add(listener);
  }

  /** Delivers the indicators of the bars that close there, in order, at most once a frame. */
  onIndicators(listener: (ticks: readonly IndicatorTick[]) => void): () => void {
    return this.#indicators.add(listener);
  }

  /** Delivers the followed room's signals as they are decided and as they change. */
  onSignal(listener: (event: SignalEvent) => void): () => void {
    return this.#signals.add(listener);
  }

  /**
   * Says that something may have been missed that no event will tell, so that what was read has to
   * be read again: a room was entered or its log has a hole, the connection or the feed is back.
   */
  onMissed(listener: () => void): () => void {
    return this.#missed.add(listener);
  }

  /** A connection that carries nothing any more may pass for a connected one for a while. */
  #isLost(): boolean {
    const { connection, heard } = this.store.getState();
    return judgeFeed(connection, heard, this.#nowMs()).condition === "reconnecting";
  }

  #arrive(): void {
    const isBack = this.store.getState().connection === "reconnecting";
    this.store.setState({ connection: "connected" });
    if (this.#follower) this.#follower.enter();
    else if (isBack) this.#missed.tell();
  }

  #leave(follower: RoomFollower): void {
    if (follower === this.#follower) this.#follower = null;
    follower.leave();
  }

  /** An event of the log is passed on once and in order, any other one as it comes. */
  #hear(event: string, payload: unknown): void {
    const numbered = readNumbered(payload);
    if (numbered && !(this.#isOfRoom(numbered) && this.#follower?.hears(numbered))) return;
    this.#takers[event]?.(payload);
  }

  #hearReport(payload: unknown): void {
    const report = readFeedReport(payload);
    if (!report) return;
    const before = this.store.getState().heard?.report.state ?? report.state;
    this.store.setState({ heard: { report, heardAtMs: this.#nowMs() } });
    const wasAway = before !== "live" && before !== "delayed";
    if (wasAway && report.state === "live") this.#missed.tell();
  }

  #hearPrice(payload: unknown): void {
    const tick = readPriceTick(payload);
    if (!tick || !this.#follower) return;
    if (tick.symbol !== compactSymbol(this.#follower.room.symbol)) return;
    this.#frame.add((news) => withPrice(news, tick));
  }

  #hearCandle(payload: unknown): void {
    const tick = readCandleTick(payload);
    if (tick && this.#isOfRoom(tick)) this.#frame.add((news) => withCandle(news, tick));
  }

  #hearIndicators(payload: unknown): void {
    const tick = readIndicatorTick(payload);
    if (tick && this.#isOfRoom(tick)) this.#frame.add((news) => withIndicators(news, tick));
  }

  #hearSignal(kind: SignalEvent["kind"], payload: unknown): void {
    const signal = readSignalEvent(payload);
    if (signal && this.#isOfRoom(signal.raw)) this.#signals.tell({ kind, signal });
  }

  #hearSnapshot(payload: unknown): void {
    const snapshot = readSnapshot(payload);
    if (snapshot && snapshot.room === this.#follower?.name) this.#follower.takeSnapshot(snapshot);
  }

  #isOfRoom({ symbol, timeframe }: OfRoom): boolean {
    const room = this.#follower?.room;
    return room?.timeframe === timeframe && compactSymbol(room.symbol) === symbol;
  }

  #takeFrame(news: FrameNews): void {
    if (news.closed.length > 0)
      this.#closedBars.tell(news.closed.map((tick) => barOf(tick.candle)));
    if (news.indicators.length > 0) this.#indicators.tell(news.indicators);
    this.#showPictures(news);
    if (news.isTooMuch) this.#missed.tell();
  }

  #showPictures({ open, price, isPriceNewer }: FrameNews): void {
    const room = this.#follower?.room;
    if (open && room) this.store.setState({ openBar: { room, bar: barOf(open.candle) } });
    if (!price) return;
    this.store.setState(({ price: before, openBar }) => ({
      price: { ...before, ...price },
      openBar:
        openBar && isPriceNewer
          ? { ...openBar, bar: atPrice(openBar.bar, price, openBar.room.timeframe) }
          : openBar,
    }));
  }
}
