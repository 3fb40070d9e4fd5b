import type { Place, Room, RoomAck } from "@/shared/api/contract";
import type { LiveSocket } from "@/shared/api/live-socket";

export interface FollowerOutside {
  readonly socket: LiveSocket;
  /** The server let us in (null), or says why it does not. */
  readonly onAnswer: (refusal: string | null) => void;
  /** Something may have been missed that is not told again. */
  readonly onMissed: () => void;
}

/** A request that is not answered for so long is made again. */
const ANSWER_WITHIN_MS = 10_000;

type Answered = (error: Error | null, answer: RoomAck) => void;

function refusalOf(answer: RoomAck): string | null {
  if (answer.ok) return null;
  return typeof answer.error === "string" ? answer.error : answer.error.message;
}

function placeIn(answer: RoomAck): Place | null {
  if (!answer.ok || typeof answer.epoch !== "string" || typeof answer.seq !== "number") return null;
  return { epoch: answer.epoch, seq: answer.seq };
}

/** Hears the numbered events of one room in order and each once, whatever the connection does. */
export class RoomFollower {
  readonly room: Room;
  readonly #outside: FollowerOutside;
  /** Every event up to here was heard; null before the log told a number. */
  #place: Place | null = null;
  /** The request that is not answered yet: what is said before the answer is said again after it. */
  #asked: symbol | null = null;
  /** The server goes on from our place: a hole that is there now is the log's own. */
  #isToldFromHere = false;

  constructor(room: Room, outside: FollowerOutside) {
    this.room = room;
    this.#outside = outside;
  }

  get name(): string {
    return `${this.room.symbol}_${this.room.timeframe}`;
  }

  /** On a new connection: goes on where we were; what no log tells again counts as missed. */
  enter(): void {
    if (this.#place) this.#resume(this.#place, this.#outside.onMissed);
    else this.#subscribe();
  }

  /** On a connection that stood all the time: asks for what may have been lost on its way. */
  catchUp(): void {
    if (this.#asked) return;
    if (this.#place) this.#resume(this.#place, () => undefined);
    else this.#subscribe();
  }

  leave(): void {
    this.#asked = null;
    const { socket } = this.#outside;
    if (socket.connected) socket.emit("unsubscribe", this.room, () => undefined);
  }

  /** Whether an event at this place is news; from now on it is none. */
  hears(place: Place): boolean {
    if (this.#asked) return false;
    const known = this.#place;
    const isSameLife = known?.epoch === place.epoch;
    if (isSameLife && place.seq <= known.seq) return false;
    const isNext = isSameLife && place.seq === known.seq + 1;
    if (known && !isNext && !this.#isToldFromHere) {
      this.catchUp();
      return false;
    }
    this.#stand(place);
    if (!isNext) this.#outside.onMissed();
    return true;
  }

  /** Goes on from a picture of the room as it is now. */
  takeSnapshot(place: Place): void {
    this.#stand(place);
    this.#outside.onMissed();
  }

  #stand(place: Place | null): void {
    this.#place = place && { epoch: place.epoch, seq: place.seq };
    this.#isToldFromHere = false;
  }

  #subscribe(): void {
    const asking = this.#outside.socket.timeout(ANSWER_WITHIN_MS);
    const take = (answer: RoomAck) => {
      this.#outside.onAnswer(refusalOf(answer));
      if (!answer.ok) return;
      this.#stand(placeIn(answer));
      this.#outside.onMissed();
    };
    asking.emit("subscribe", this.room, this.#awaited(take));
  }

  #resume(place: Place, onTold: () => void): void {
    const asking = this.#outside.socket.timeout(ANSWER_WITHIN_MS);
    const take = (answer: RoomAck) => {
      if (!answer.ok) {
        // The log cannot be read just now; the room itself was ours before.
        this.#stand(null);
        this.#subscribe();
        return;
      }
      this.#outside.onAnswer(null);
      this.#isToldFromHere = true;
      if (!answer.snapshot) onTold();
    };
    asking.emit("resume", { room: this.name, ...place }, this.#awaited(take));
  }

  /** Only the newest request counts, and one that nobody answers is made again. */
  #awaited(take: (answer: RoomAck) => void): Answered {
    const asked = Symbol("request");
    this.#asked = asked;
    return (error, answer) => {
      if (this.#asked !== asked) return;
      this.#asked = null;
      if (!error) take(answer);
      else if (this.#outside.socket.connected) this.enter();
    };
  }
}
