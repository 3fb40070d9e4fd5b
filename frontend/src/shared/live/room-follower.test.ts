import { beforeEach, describe, expect, test } from "vitest";
import type { Room } from "@/shared/api/contract";
import type { LiveSocket } from "@/shared/api/live-socket";
import { FakeSocket } from "./fake-live";
import { RoomFollower } from "./room-follower";

const ROOM: Room = { symbol: "ETH/USDT", timeframe: "15m" };
const NAME = "ETH/USDT_15m";
const FIRST_LIFE = "6b4f5a0e-6f0e-4f6e-9d43-8f1f6a3f9b11";
const NEXT_LIFE = "0c9e3a52-5a55-4d4e-8f5a-2b1f0f4f7a10";

let socket: FakeSocket;
let missed: number;
let refusals: (string | null)[];
let follower: RoomFollower;

const at = (seq: number, epoch = FIRST_LIFE) => ({ epoch, seq });
const acked = (seq: number, epoch = FIRST_LIFE) => ({ ok: true, room: NAME, epoch, seq }) as const;
const resumed = (seq: number) => ["resume", { room: NAME, ...at(seq) }];

/** What it hears of a run of events. */
const heard = (...seqs: number[]) => seqs.filter((seq) => follower.hears(at(seq)));

beforeEach(() => {
  socket = new FakeSocket();
  socket.connected = true;
  socket.answer = acked(10);
  missed = 0;
  refusals = [];
  follower = new RoomFollower(ROOM, {
    socket: socket as unknown as LiveSocket,
    onAnswer: (refusal) => refusals.push(refusal),
    onMissed: () => (missed += 1),
  });
});

describe("entering a room", () => {
  test("the first time it subscribes, and what was read before has to be read again", () => {
    follower.enter();
    expect(socket.sent).toEqual([["subscribe", ROOM]]);
    expect(refusals).toEqual([null]);
    expect(missed).toBe(1);
    expect(heard(11, 12)).toEqual([11, 12]);
  });

  test("again, it goes on behind the last event that it heard", () => {
    follower.enter();
    heard(11, 12);
    follower.enter();
    expect(socket.sent.at(-1)).toEqual(resumed(12));
    expect(missed).toBe(2);
    expect(heard(13)).toEqual([13]);
  });

  test("a refusal is told, and nothing counts as missed", () => {
    socket.answer = { ok: false, error: "DOGE/USDT is not watched here" };
    follower.enter();
    expect(refusals).toEqual(["DOGE/USDT is not watched here"]);
    expect(missed).toBe(0);
  });

  test("while the log cannot be read, the first number of an event is the place", () => {
    socket.answer = { ok: true, room: NAME, epoch: null, seq: null };
    follower.enter();
    expect(heard(40, 41)).toEqual([40, 41]);
    expect(missed).toBe(2);
    expect(socket.sent).toHaveLength(1);
  });

  test("a refused resume falls back to subscribing, which reads everything again", () => {
    follower.enter();
    socket.answer = null;
    follower.enter();
    socket.answer = acked(30);
    socket.answerLast({ ok: false, error: "the log of rooms cannot be read yet" });
    expect(socket.sent.map(([event]) => event)).toEqual(["subscribe", "resume", "subscribe"]);
    expect(refusals).toEqual([null, null]);
    expect(missed).toBe(2);
    expect(heard(31)).toEqual([31]);
  });
});

describe("hearing a room", () => {
  beforeEach(() => {
    follower.enter();
    missed = 0;
    socket.sent.length = 0;
  });

  test("events that it had are heard once", () => {
    expect(heard(11, 11, 10, 12, 11)).toEqual([11, 12]);
    expect(missed).toBe(0);
  });

  test("a hole is asked for, and what comes of it is heard in order and once", () => {
    socket.answer = null;
    expect(heard(11, 14, 15)).toEqual([11]);
    expect(socket.sent).toEqual([resumed(11)]);
    socket.answerLast(acked(11));
    expect(heard(12, 13, 14, 15, 16)).toEqual([12, 13, 14, 15, 16]);
    expect(missed).toBe(0);
  });

  test("a hole that the server does not fill ends in a new reading, not in asking for ever", () => {
    expect(heard(14)).toEqual([]);
    expect(heard(14)).toEqual([14]);
    expect(missed).toBe(1);
    expect(heard(15, 18)).toEqual([15]);
    expect(socket.sent).toEqual([resumed(10), resumed(15)]);
  });

  test("an event of another life of the log asks, and the snapshot says where to go on", () => {
    socket.answer = { ...acked(3, NEXT_LIFE), snapshot: true };
    expect(follower.hears(at(4, NEXT_LIFE))).toBe(false);
    expect(socket.sent).toEqual([resumed(10)]);
    expect(missed).toBe(0);
    follower.takeSnapshot(at(3, NEXT_LIFE));
    expect(missed).toBe(1);
    expect(follower.hears(at(4, NEXT_LIFE))).toBe(true);
    expect(missed).toBe(1);
  });

  test("a snapshot that nobody asked for is gone on from", () => {
    follower.takeSnapshot(at(0, NEXT_LIFE));
    expect(missed).toBe(1);
    expect(follower.hears(at(1, NEXT_LIFE))).toBe(true);
    expect(socket.sent).toEqual([]);
  });
});

describe("a request", () => {
  test("that nobody answers is made again", () => {
    socket.answer = null;
    follower.enter();
    socket.answerLast(new Error("operation has timed out"));
    expect(socket.sent.map(([event]) => event)).toEqual(["subscribe", "subscribe"]);
  });

  test("whose connection is gone waits for the next one", () => {
    socket.answer = null;
    follower.enter();
    socket.connected = false;
    socket.answerLast(new Error("socket has been disconnected"));
    expect(socket.sent).toHaveLength(1);
  });

  test("under way is not doubled by catching up", () => {
    socket.answer = null;
    follower.enter();
    follower.catchUp();
    expect(socket.sent).toHaveLength(1);
  });

  test("answered after the room was left changes nothing", () => {
    socket.answer = null;
    follower.enter();
    follower.leave();
    expect(socket.sent.at(-1)).toEqual(["unsubscribe", ROOM]);
    expect(refusals).toEqual([]);
    expect(missed).toBe(0);
  });
});

test("catching up asks from where it stands, and nothing counts as missed", () => {
  follower.enter();
  heard(11);
  missed = 0;
  follower.catchUp();
  expect(socket.sent.at(-1)).toEqual(resumed(11));
  expect(missed).toBe(0);
});
