/** Runs a piece of work at the next frame. */
export type NextFrame = (work: () => void) => void;

/** Gathers what arrives between two frames into one whole and delivers that once a frame. */
export class FrameBatch<Whole> {
  readonly #nextFrame: NextFrame;
  readonly #nothing: Whole;
  readonly #deliver: (whole: Whole) => void;
  #whole: Whole;
  #isFrameAsked = false;

  constructor(nextFrame: NextFrame, nothing: Whole, deliver: (whole: Whole) => void) {
    this.#nextFrame = nextFrame;
    this.#nothing = nothing;
    this.#deliver = deliver;
    this.#whole = nothing;
  }

  /** `gather` says what the whole becomes; a hidden tab draws no frames, so it must not grow on. */
  add(gather: (whole: Whole) => Whole): void {
    this.#whole = gather(this.#whole);
    if (this.#isFrameAsked) return;
    this.#isFrameAsked = true;
    this.#nextFrame(() => this.#flush());
  }

  clear(): void {
    this.#whole = this.#nothing;
  }

  #flush(): void {
    this.#isFrameAsked = false;
    const whole = this.#whole;
    this.clear();
    if (whole !== this.#nothing) this.#deliver(whole);
  }
}
