import type { Resumption, Room, RoomAck } from "@/shared/api/contract";
import type { LiveSocket } from "@/shared/api/live-socket";
import { LiveSession } from "./live-session";

type Heard = (event: string, payload: unknown) => void;
type Ack = (error: Error | null, answer: RoomAck) => void;

const CONNECTION = ["connect", "disconnect", "connect_error"];

/** For tests: a socket whose server is the test. */
export class FakeSocket {
  connected = false;
  readonly sent: [event: string, body: Room | Resumption][] = [];
  /** What every request is answered; null leaves it unanswered until `answerLast`. */
  answer: RoomAck | null = { ok: true, room: "ETH/USDT_15m" };
  readonly #connection = new Map<string, () => void>();
  #hear: Heard = () => undefined;
  #ack: Ack = () => undefined;

  on(event: string, handler: () => void): void {
    this.#connection.set(event, handler);
  }

  onAny(hear: Heard): void {
    this.#hear = hear;
  }

  emit(event: string, body: Room): void {
    this.sent.push([event, body]);
  }

  disconnect(): this {
    return this;
  }

  connect(): void {
    this.push("connect");
  }

  timeout() {
    return {
      emit: (event: string, body: Room | Resumption, ack: Ack) => {
        this.sent.push([event, body]);
        this.#ack = ack;
        if (this.answer) ack(null, this.answer);
      },
    };
  }

  /** Answers the last request now, or tells that nobody did. */
  answerLast(answer: RoomAck | Error): void {
    if (answer instanceof Error) this.#ack(answer, { ok: false, error: "" });
    else this.#ack(null, answer);
  }

  push(event: string, payload?: unknown): void {
    if (!CONNECTION.includes(event)) {
      this.#hear(event, payload);
      return;
    }
    this.connected = event === "connect";
    this.#connection.get(event)?.();
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
