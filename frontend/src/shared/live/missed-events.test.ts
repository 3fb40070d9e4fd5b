import { beforeEach, describe, expect, test } from "vitest";
import type { Room } from "@/shared/api/contract";
import { candle, EPOCH, indicators, numbered, OPEN_MS } from "./event-builder";
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

describe("the log of the followed room", () => {
  let missed: number;
  let closes: number[];

  beforeEach(() => {
    missed = 0;
    closes = [];
    socket.answer = { ok: true, room: "ETH/USDT_15m", epoch: EPOCH, seq: 6 };
    socket.push("connect");
    session.onMissed(() => (missed += 1));
    session.onClosedBars((bars) => closes.push(...bars.map((bar) => bar.close)));
    session.follow(ROOM);
  });

  function close(seq: number): void {
    const openMs = OPEN_MS + (seq - 7) * 900_000;
    socket.push("candle_update", numbered(seq, candle(openMs, seq, true)));
  }

  test("what a hole or a reconnect kept away comes in order and once", () => {
    close(7);
    close(9);
    expect(socket.sent.at(-1)).toEqual(["resume", { room: "ETH/USDT_15m", epoch: EPOCH, seq: 7 }]);
    for (const seq of [8, 9, 9]) close(seq);
    socket.push("disconnect");
    socket.push("connect");
    expect(socket.sent.at(-1)).toEqual(["resume", { room: "ETH/USDT_15m", epoch: EPOCH, seq: 9 }]);
    for (const seq of [10, 11]) close(seq);
    live.drawFrame();
    expect(closes).toEqual([7, 8, 9, 10, 11]);
  });

  test("every kind of event has its number, known or not, readable or not", () => {
    close(7);
    socket.push("indicator_update", numbered(8, indicators(OPEN_MS)));
    socket.push("mood_update", numbered(9, { symbol: "ETHUSDT", timeframe: "15m", mood: "calm" }));
    socket.push("new_signal", numbered(10, { symbol: "ETHUSDT", timeframe: "15m" }));
    socket.push("candle_update", numbered(11, { ...candle(OPEN_MS, 11, true), colour: "green" }));
    live.drawFrame();
    expect(socket.sent.map(([event]) => event)).toEqual(["subscribe"]);
    expect(closes).toEqual([7, 11]);
  });

  test("the numbers of another room are not ours", () => {
    socket.push("candle_update", numbered(900, candle(OPEN_MS, 4, true, "1h")));
    close(7);
    live.drawFrame();
    expect(closes).toEqual([7]);
    expect(socket.sent).toHaveLength(1);
  });

  test("indicators are delivered in order, once a frame", () => {
    const frames: number[][] = [];
    session.onIndicators((ticks) => frames.push(ticks.map((tick) => tick.timestamp)));
    socket.push("indicator_update", numbered(7, indicators(OPEN_MS)));
    socket.push("indicator_update", numbered(8, indicators(OPEN_MS + 900_000)));
    socket.push("indicator_update", numbered(8, indicators(OPEN_MS + 900_000)));
    live.drawFrame();
    expect(frames).toEqual([[OPEN_MS, OPEN_MS + 900_000]]);
  });

  test("a snapshot of the room has everything read again, one of another room does not", () => {
    missed = 0;
    const snapshot = { epoch: "another", seq: 40, reason: "log_restarted", signal: null };
    socket.push("snapshot", { ...snapshot, room: "ETH/USDT_1h" });
    expect(missed).toBe(0);
    socket.push("snapshot", { ...snapshot, room: "ETH/USDT_15m" });
    expect(missed).toBe(1);
    socket.push("candle_update", { ...candle(OPEN_MS, 41, true), epoch: "another", seq: 41 });
    live.drawFrame();
    expect(closes).toEqual([41]);
  });

  test("waking asks the room for what was lost, without a new reading", () => {
    missed = 0;
    close(7);
    session.wake();
    expect(socket.sent.at(-1)?.[0]).toBe("resume");
    expect(missed).toBe(0);
    socket.push("disconnect");
    session.wake();
    expect(socket.sent).toHaveLength(2);
  });

  test("a tab that slept through more than is kept reads it again", () => {
    missed = 0;
    for (let seq = 7; seq < 2_100; seq += 1) close(seq);
    live.drawFrame();
    expect(closes.length).toBeLessThanOrEqual(1_000);
    expect(closes.at(-1)).toBe(2_099);
    expect(missed).toBe(1);
  });
});

describe("what may have been missed", () => {
  let missed: number;

  beforeEach(() => {
    missed = 0;
    session.onMissed(() => (missed += 1));
  });

  test("without a room, only a connection that comes back says so", () => {
    socket.push("connect");
    expect(missed).toBe(0);
    socket.push("disconnect");
    socket.push("connect");
    expect(missed).toBe(1);
  });

  test.each(["stale", "offline", "ended"])("a feed that was %s and lives again", (state) => {
    const report = { ageMs: 0, source: "binance", kind: "live" };
    socket.push("feed_state", { ...report, state: "live" });
    socket.push("feed_state", { ...report, state });
    expect(missed).toBe(0);
    socket.push("feed_state", { ...report, state: "live" });
    expect(missed).toBe(1);
  });

  test("a feed that was only slow missed nothing", () => {
    const report = { ageMs: 0, source: "binance", kind: "live" };
    for (const state of ["live", "delayed", "live"]) {
      socket.push("feed_state", { ...report, state });
    }
    expect(missed).toBe(0);
  });

  test("nobody is told any more who stopped listening", () => {
    let told = 0;
    const stop = session.onMissed(() => (told += 1));
    stop();
    socket.push("connect");
    session.follow(ROOM);
    expect([missed, told]).toEqual([1, 0]);
  });
});
