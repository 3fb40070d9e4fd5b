import { beforeEach, describe, expect, test, vi } from "vitest";
import type { Room } from "@/shared/api/contract";
import type { Bar } from "@/shared/market/bar";
import { candle, numbered, OPEN_MS } from "./event-builder";
import { FakeLive, type FakeSocket } from "./fake-live";
import type { LiveSession } from "./live-session";

const ROOM: Room = { symbol: "ETH/USDT", timeframe: "15m" };

let live: FakeLive;
let socket: FakeSocket;
let session: LiveSession;

beforeEach(() => {
  live = new FakeLive();
  ({ socket, session } = live);
});

describe("live session", () => {
  test("the room is entered on connecting, and again on every reconnect", () => {
    session.follow(ROOM);
    expect(socket.sent).toEqual([]);
    socket.push("connect");
    socket.push("disconnect");
    expect(session.store.getState().connection).toBe("reconnecting");
    socket.push("connect");
    expect(socket.sent).toEqual([
      ["subscribe", ROOM],
      ["subscribe", ROOM],
    ]);
    expect(session.store.getState().connection).toBe("connected");
  });

  test("a connection that cannot be made is being made again", () => {
    socket.push("connect_error");
    expect(session.store.getState().connection).toBe("reconnecting");
  });

  test("leaving a room says so and stops its events", () => {
    socket.push("connect");
    const leave = session.follow(ROOM);
    leave();
    socket.push("candle_update", candle(OPEN_MS, 4, false));
    live.drawFrame();
    expect(socket.sent.at(-1)).toEqual(["unsubscribe", ROOM]);
    expect(session.store.getState().openBar).toBeNull();
  });

  test("of many open candles in a frame only the newest is kept", () => {
    session.follow(ROOM);
    socket.push("candle_update", candle(OPEN_MS, 4, false));
    socket.push("candle_update", candle(OPEN_MS, 6, false));
    expect(live.framesAsked).toBe(1);
    live.drawFrame();
    expect(session.store.getState().openBar?.bar.close).toBe(6);
  });

  test("every closed bar of a frame is delivered, in order", () => {
    const heard: (readonly Bar[])[] = [];
    session.follow(ROOM);
    session.onClosedBars((bars) => heard.push(bars));
    socket.push("candle_update", numbered(7, candle(OPEN_MS, 4, true)));
    socket.push("candle_update", numbered(8, candle(OPEN_MS + 900_000, 5, true)));
    live.drawFrame();
    expect(heard.map((bars) => bars.map((bar) => bar.close))).toEqual([[4, 5]]);
  });

  test("events of other rooms and malformed ones are ignored", () => {
    session.follow(ROOM);
    socket.push("candle_update", candle(OPEN_MS, 4, false, "1h"));
    socket.push("candle_update", { ...candle(OPEN_MS, 4, false), symbol: "BTCUSDT" });
    socket.push("candle_update", { candle: "?" });
    socket.push("price_update", { symbol: "BTCUSDT", price: 64_000, timestamp: OPEN_MS });
    socket.push("feed_state", { state: "?" });
    expect(live.framesAsked).toBe(0);
    expect(session.store.getState().heard).toBeNull();
  });

  test("a price without the day's figures keeps those heard before", () => {
    session.follow(ROOM);
    const tick = { symbol: "ETHUSDT", price: 2_900, timestamp: OPEN_MS, change24h: -3 };
    socket.push("price_update", tick);
    live.drawFrame();
    socket.push("price_update", { symbol: "ETHUSDT", price: 2_901, timestamp: OPEN_MS + 1 });
    live.drawFrame();
    expect(session.store.getState().price).toMatchObject({ price: 2_901, change24h: -3 });
  });

  test("a price moves the open bar until the next candle says better", () => {
    session.follow(ROOM);
    socket.push("candle_update", candle(OPEN_MS, 4, false));
    live.drawFrame();
    socket.push("price_update", { symbol: "ETHUSDT", price: 12, timestamp: OPEN_MS + 1 });
    live.drawFrame();
    expect(session.store.getState().openBar?.bar).toMatchObject({ close: 12, high: 12 });
    socket.push("candle_update", candle(OPEN_MS, 5, false));
    live.drawFrame();
    expect(session.store.getState().openBar?.bar).toMatchObject({ close: 5, high: 9 });
  });

  test("another timeframe of the market keeps its price, another market does not", () => {
    session.follow(ROOM);
    socket.push("price_update", { symbol: "ETHUSDT", price: 2_900, timestamp: OPEN_MS });
    live.drawFrame();
    session.follow({ ...ROOM, timeframe: "1h" });
    expect(session.store.getState().price?.price).toBe(2_900);
    session.follow({ ...ROOM, symbol: "BTC/USDT" });
    expect(session.store.getState().price).toBeNull();
  });

  test("a report is kept with the time it was heard", () => {
    const report = { state: "live", ageMs: 100, source: "binance", kind: "live" };
    live.nowMs = 5_000;
    socket.push("feed_state", report);
    expect(session.store.getState().heard).toEqual({ report, heardAtMs: 5_000 });
  });

  test("trying again leaves a connection on which nothing comes, and keeps one that reports", () => {
    const disconnect = vi.spyOn(socket, "disconnect");
    socket.push("connect");
    socket.push("feed_state", { state: "live", ageMs: 5, source: "binance", kind: "live" });
    live.nowMs += 10_000;
    session.retry();
    expect(disconnect).not.toHaveBeenCalled();
    live.nowMs += 1;
    session.retry();
    expect(disconnect).toHaveBeenCalledOnce();
  });

  test("a refused room gives its reason", () => {
    socket.answer = { ok: false, error: { message: "Unknown symbol." } };
    socket.push("connect");
    session.follow(ROOM);
    expect(session.store.getState().refusal).toBe("Unknown symbol.");
  });
});
