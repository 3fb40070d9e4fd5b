import type { UTCTimestamp } from "lightweight-charts";
import { expect, test } from "vitest";
import { ClockScale, type WallClock } from "./chart-clock";

const HOUR_S = 3_600;
const START_S = Date.UTC(2024, 7, 5) / 1_000;
const fourHoursBehind: WallClock = (seconds) => (seconds - 4 * HOUR_S) as UTCTimestamp;
const utc: WallClock = (seconds) => seconds;

/** The hour, counted from midnight UTC, that weighs most of those of a day. */
function heaviestHour(clock: WallClock): number {
  const scale = new ClockScale(clock);
  const points = Array.from({ length: 24 }, (_, hour) => {
    const originalTime = (START_S + hour * HOUR_S) as UTCTimestamp;
    const time = scale.convertHorzItemToInternal(originalTime);
    return { originalTime, time, timeWeight: 0 as never };
  });
  scale.fillWeightsForPoints(points, 1);
  const weights = points.slice(1).map(({ timeWeight }) => Number(timeWeight));
  return 1 + weights.indexOf(Math.max(...weights));
}

test("a day begins at midnight by the clock on the wall", () => {
  expect(heaviestHour(fourHoursBehind)).toBe(4);
  expect(heaviestHour(utc)).toBe(12);
});
