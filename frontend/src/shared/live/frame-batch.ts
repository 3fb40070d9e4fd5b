/** Runs a piece of work at the next frame. */
export type NextFrame = (work: () => void) => void;

/** Collects what arrives between two frames and delivers it, in order, once a frame. */
export class FrameBatch<T> {
  readonly #nextFrame: NextFrame;
  readonly #limit: number;
  readonly #deliver: (items: readonly T[]) => void;
  #items: T[] = [];
  #isFrameAsked = false;

  /** A hidden tab draws no frames: of more than `limit` items, the oldest are dropped. */
  constructor(nextFrame: NextFrame, limit: number, deliver: (items: readonly T[]) => void) {
    this.#nextFrame = nextFrame;
    this.#limit = limit;
    this.#deliver = deliver;
  }

  push(item: T): void {
    this.#items.push(item);
    if (this.#items.length > this.#limit) this.#items.shift();
    if (this.#isFrameAsked) return;
    this.#isFrameAsked = true;
    this.#nextFrame(() => this.#flush());
  }

  clear(): void {
    this.#items = [];
  }

  #flush(): void {
    this.#isFrameAsked = false;
    const items = this.#items;
    this.#items = [];
    if (items.length > 0) this.#deliver(items);
  }
}
