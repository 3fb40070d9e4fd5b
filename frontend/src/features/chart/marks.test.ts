import { describe, expect, test } from "vitest";
import { tradeSignal } from "@/shared/signals/signal-builder";
import { minuteBars, START_MS } from "./bar-builder";
import { marksOf, sparse } from "./marks";
import type { Pattern } from "./use-patterns";

const BARS = minuteBars(0, 5);
const MINUTE_MS = 60_000;

function pattern(changes: Partial<Pattern> = {}): Pattern {
  return {
    id: "p",
    symbol: "ETHUSDT",
    timeframe: "1m",
    timestamp: START_MS,
    patternType: "hammer",
    signal: "bullish",
    strength: 80,
    description: "Sellers lost it all again.",
    createdAt: "2024-08-05T00:01:00Z",
    ...changes,
  };
}

function sell(minute: number, changes: Parameters<typeof tradeSignal>[0] = {}) {
  return tradeSignal({ id: `s${minute}`, timestamp: START_MS + minute * MINUTE_MS, ...changes });
}

describe("marks", () => {
  test("stand at bars that are drawn, in their order", () => {
    const signals = [sell(3), sell(1), sell(9)];
    const marks = marksOf(BARS, signals, [pattern({ timestamp: START_MS + MINUTE_MS })], null);
    expect(marks.map(({ id }) => id)).toEqual(["p", "s1", "s3"]);
  });

  test("the signal whose card is open says its confidence", () => {
    const [, shown] = marksOf(BARS, [sell(1), sell(2)], [], "s2");
    expect(shown).toMatchObject({ isShown: true, label: "SELL 42%" });
  });

  test("no label is written over another, least of all over the shown signal's", () => {
    const bars = minuteBars(0, 20);
    const signals = [0, 2, 9, 12, 19].map((minute) => sell(minute));
    const marks = marksOf(bars, signals, [], "s12");
    expect(marks.map(({ label }) => label)).toEqual(["SELL", "", "", "SELL 42%", "SELL"]);
  });

  test("a signal that only continues another one is minor", () => {
    const [mark] = marksOf(BARS, [sell(1, { continues: "s0" })], [], null);
    expect(mark).toMatchObject({ isMinor: true, direction: -1 });
  });

  test("where bars are narrow only signals are left, and the shown one's label", () => {
    const marks = marksOf(minuteBars(0, 20), [sell(1), sell(12)], [pattern()], "s12");
    expect(sparse(marks).map(({ id, label }) => [id, label])).toEqual([
      ["s1", ""],
      ["s12", "SELL 42%"],
    ]);
  });

  test("words say side, certainty and state", () => {
    const [mark] = marksOf(BARS, [sell(1)], [], null);
    expect(mark?.words).toBe("▼ SELL · 42% uncalibrated · Active");
  });

  test("a pattern that a newer server names is written as it came", () => {
    const patternType = "abandoned_baby" as "doji";
    const news = pattern({ patternType, signal: "mixed" as "neutral" });
    const [mark] = marksOf(BARS, [], [news], null);
    expect(mark).toMatchObject({ direction: 0, words: "Abandoned baby (mixed, strength 80)" });
  });
});
