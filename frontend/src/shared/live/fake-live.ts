import type { Room, RoomAck, ServerEvents } from "@/shared/api/contract";
import type { LiveSocket } from "@/shared/api/live-socket";
import { LiveSession } from "./live-session";

/** For tests: a socket whose server is the test. */
export class FakeSocket {
  connected = false;
  readonly sent: [event: string, room: Room][] = [];
  answer: RoomAck = { ok: true, room: "ETH/USDT_15m" };
  readonly #handlers = new Map<string, (payload: unknown) => void>();

  on(event: string, handler: (payload: unknown) => void): void {
    this.#handlers.set(event, handler);
  }

  emit(event: string, room: Room, ack: (answer: RoomAck) => void): void {
    this.sent.push([event, room]);
    ack(this.answer);
  }

  push(event: keyof ServerEvents | "connect" | "disconnect", payload?: unknown): void {
    if (event === "connect" || event === "disconnect") this.connected = event === "connect";
    this.#handlers.get(event)?.(payload);
  }
}

/** For tests: a session on that socket. Frames are drawn, and time passes, when the test says so. */
export class FakeLive {
  readonly socket = new FakeSocket();
  nowMs = 0;
  readonly session: LiveSession;
  #frames: (() => void)[] = [];

  constructor() {
    this.session = new LiveSession({
      socket: this.socket as unknown as LiveSocket,
      nextFrame: (work) => this.#frames.push(work),
      nowMs: () => this.nowMs,
    });
  }

  get framesAsked(): number {
    return this.#frames.length;
  }

  drawFrame(): void {
    for (const work of this.#frames.splice(0)) work();
  }
}
