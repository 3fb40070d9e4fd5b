import { describe, expect, test } from "vitest";
import { barMs } from "@/shared/market/timeframe";
import { outcomeOf } from "@/shared/signals/outcome";
import { tradeSignal } from "@/shared/signals/signal-builder";
import {
  apart,
  BARS_AFTER,
  BARS_BEFORE,
  drawPicture,
  lifeOf,
  pictured,
  type DrawnBar,
  type DrawnLevel,
} from "./picture";

const HOUR_MS = barMs("1h");
const OPEN_MS = Date.UTC(2024, 7, 4, 21);

function at(hours: number): string {
  return new Date(OPEN_MS + hours * HOUR_MS).toISOString();
}

function bar(hours: number, open = 2700, close = 2750) {
  const [high, low] = [Math.max(open, close) + 5, Math.min(open, close) - 5];
  return { openMs: OPEN_MS + hours * HOUR_MS, open, high, low, close, volume: 1 };
}

const bars = Array.from({ length: 91 }, (_, index) => bar(index - BARS_BEFORE));

describe("the stretch of a signal's picture", () => {
  test("sixty bars before and thirty after the decided one", () => {
    const { fromMs, untilMs } = pictured(tradeSignal());
    expect((OPEN_MS - fromMs) / HOUR_MS).toBe(BARS_BEFORE);
    expect((untilMs - OPEN_MS) / HOUR_MS).toBe(BARS_AFTER + 1);
  });

  test("a longer life is seen to its end", () => {
    const long = tradeSignal({ closedAt: at(48.5) });
    expect((pictured(long).untilMs - OPEN_MS) / HOUR_MS).toBe(50);
  });

  test("life starts at the close of the bar and has no end while it runs", () => {
    expect(lifeOf(tradeSignal())).toEqual({ fromMs: OPEN_MS + HOUR_MS, untilMs: null });
    expect(lifeOf(tradeSignal({ closedAt: at(3) })).untilMs).toBe(OPEN_MS + 3 * HOUR_MS);
  });
});

describe("the picture", () => {
  test("candles stand side by side within it, higher prices higher up", () => {
    const { bars: drawn } = drawPicture({ signal: tradeSignal(), bars, outcome: null });
    const [first, second] = drawn as readonly [DrawnBar, DrawnBar];
    expect(drawn).toHaveLength(91);
    expect(first.left).toBeGreaterThanOrEqual(0);
    expect(second.left).toBeGreaterThan(first.left + first.width);
    expect((drawn.at(-1)?.left ?? 0) + first.width).toBeLessThanOrEqual(100);
    expect(first.high).toBeLessThan(first.bodyTop);
    expect(first.bodyBottom).toBeLessThan(first.low);
    expect(first.isUp).toBe(true);
  });

  test("a SELL has its stop above and its targets below the entry, all in sight", () => {
    const { levels, zone } = drawPicture({ signal: tradeSignal(), bars, outcome: null });
    const [entry, stop, ...targets] = levels as readonly [DrawnLevel, DrawnLevel, DrawnLevel];
    expect(stop.y).toBeLessThan(entry.y);
    expect(targets.map(({ number }) => number)).toEqual([1, 2, 3]);
    for (const { y } of targets) expect(y).toBeGreaterThan(entry.y);
    for (const { y } of levels) expect(y > 0 && y < 100).toBe(true);
    expect(zone?.top).toBeLessThan(zone?.bottom ?? 0);
  });

  test("its levels reach over its life only, to the newest bar while it runs", () => {
    const known = bars.filter(({ openMs }) => openMs < OPEN_MS + 4 * HOUR_MS);
    const running = drawPicture({ signal: tradeSignal(), bars: known, outcome: null });
    expect(running.life.left).toBeCloseTo(running.decided.right);
    expect(running.life.right - running.life.left).toBeCloseTo((3 * 100) / 91);
    const closed = tradeSignal({ closedAt: at(3) });
    const ended = drawPicture({ signal: closed, bars, outcome: null });
    expect(ended.life.right).toBeLessThan(running.life.right);
  });

  test("the exit stands where and when it was left", () => {
    const outcome = { exitReason: "stop", exitMs: OPEN_MS + 3 * HOUR_MS, exitPrice: 2791.78 };
    const signal = tradeSignal({ closedAt: at(3), outcome });
    const { exit, levels, life } = drawPicture({ signal, bars, outcome: outcomeOf(signal) });
    const [, stop] = levels as readonly [DrawnLevel, DrawnLevel];
    expect(exit?.x).toBeCloseTo(life.right);
    expect(exit?.y).toBeCloseTo(stop.y);
  });

  test("the highest and lowest prices of its candles are told", () => {
    const { extremes } = drawPicture({ signal: tradeSignal(), bars, outcome: null });
    expect(extremes.map(({ price }) => price)).toEqual([2755, 2695]);
  });

  test("a HOLD has no levels, and a single flat bar is drawn all the same", () => {
    const hold = tradeSignal({ signalType: "HOLD", stopLoss: null });
    const flat = { ...bar(0), open: 5, high: 5, low: 5, close: 5 };
    const picture = drawPicture({ signal: hold, bars: [flat], outcome: null });
    expect([picture.levels, picture.zone, picture.exit]).toEqual([[], null, null]);
    expect(picture.bars[0]?.high).toBe(50);
  });
});

describe("labels", () => {
  test("those that would overlap move apart, the others stay", () => {
    expect(apart([50, 10, 52, 53], 5)).toEqual([50, 10, 55, 60]);
  });

  test("at the lower end they move up", () => {
    expect(apart([97, 98, 40], 5)).toEqual([95, 100, 40]);
  });
});
