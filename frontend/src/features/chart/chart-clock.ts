import {
  defaultHorzScaleBehavior,
  type IHorzScaleBehavior,
  type Time,
  type UTCTimestamp,
} from "lightweight-charts";

type Points = Parameters<IHorzScaleBehavior<Time>["fillWeightsForPoints"]>[0];
type TickMark = Parameters<IHorzScaleBehavior<Time>["formatTickmark"]>[0];
type Localization = Parameters<IHorzScaleBehavior<Time>["formatTickmark"]>[1];

/** What a clock on the wall shows at an event time, as if that were UTC; both in seconds. */
export type WallClock = (seconds: UTCTimestamp) => UTCTimestamp;

/**
 * A time scale whose days begin at midnight by a clock on the wall. The library's own knows UTC
 * alone, and bars with shifted times would stand twice where a clock is put back.
 */
export class ClockScale extends defaultHorzScaleBehavior() {
  readonly #wallClock: WallClock;

  constructor(wallClock: WallClock) {
    super();
    this.#wallClock = wallClock;
  }

  override fillWeightsForPoints(points: Points, startIndex: number): void {
    // A weight is told by the point before.
    const from = Math.max(startIndex - 1, 0);
    const shifted = points.slice(from).map((point) => this.#shifted(point));
    super.fillWeightsForPoints(shifted, startIndex - from);
    for (const [index, point] of points.entries()) {
      if (index >= startIndex)
        point.timeWeight = shifted[index - from]?.timeWeight ?? point.timeWeight;
    }
  }

  override formatTickmark(tickMark: TickMark, localization: Localization): string {
    return super.formatTickmark(this.#shifted(tickMark), localization);
  }

  #shifted<T extends { readonly originalTime: unknown }>(point: T) {
    const time = this.#wallClock(point.originalTime as UTCTimestamp);
    return { ...point, time: this.convertHorzItemToInternal(time) };
  }
}
