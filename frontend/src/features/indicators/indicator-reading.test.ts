import { describe, expect, test } from "vitest";
import { numbers } from "@/shared/format/numbers";
import { indicatorReading } from "./reading-builder";
import { readingOf } from "./indicator-reading";

describe("what an indicator reads", () => {
  test("is its value and, where it means something by itself, the direction", () => {
    const answer = indicatorReading();
    expect(readingOf("rsi", answer)).toEqual({ value: numbers.ratio(12.2), direction: "bullish" });
    expect(readingOf("ema9", answer)).toEqual({ value: numbers.price(2571.24), direction: null });
    expect(readingOf("macd", answer).value).toBe(numbers.price(-122.3));
    expect(readingOf("bollinger", answer).value).toContain(numbers.ratio(-0.1));
  });

  test("is a dash before there are enough bars", () => {
    const answer = indicatorReading({ ema200: null });
    expect(readingOf("ema200", answer).value).toBe("–");
  });

  test("is nothing for what only marks the chart, and before anything was read", () => {
    expect(readingOf("signals", indicatorReading()).value).toBeNull();
    expect(readingOf("rsi", undefined).value).toBeNull();
  });
});
