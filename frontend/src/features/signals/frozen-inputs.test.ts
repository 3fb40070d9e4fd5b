import { describe, expect, test } from "vitest";
import { frozenInputs } from "./frozen-inputs";

const STORED = {
  bar: {
    close: 2722.17,
    opened_at_ms: 1_722_808_800_000,
    indicators: { opened_at_ms: 1_722_808_800_000, rsi: 26.48, ema_200: null },
    patterns: [{ opened_at_ms: 1_722_805_200_000, pattern_type: "hammer", strength: 61 }],
    volume: { current: 18_482, average: 20_914, ratio: 0.88, verdict: "Normal volume" },
    prediction: { p_up: 0.3, p_neutral: 0.4, p_down: 0.3, abstained: true, reason: "no_skill" },
  },
  sources: { volume: "present", patterns: "absent: patterns-service did not answer" },
  candles: { hash: "61254b64", count: 2559, fromMs: 1, untilMs: 2, asOfMs: 3 },
};

describe("what a signal was decided from", () => {
  test("every part is read", () => {
    expect(frozenInputs(STORED)).toEqual({
      readings: [
        { name: "rsi", value: 26.48 },
        { name: "ema_200", value: null },
      ],
      patterns: [{ type: "hammer", strength: 61, openMs: 1_722_805_200_000 }],
      volume: { current: 18_482, average: 20_914, ratio: 0.88 },
      prediction: { up: 0.3, neutral: 0.4, down: 0.3, silence: "no_skill" },
      sources: [
        { name: "volume", absence: null },
        { name: "patterns", absence: "patterns-service did not answer" },
      ],
      candles: { hash: "61254b64", count: 2559, fromMs: 1, untilMs: 2 },
    });
  });

  test("indicators stand in the order in which they are read, unknown ones last", () => {
    const indicators = { ichimoku: 1, atr: 2, macd_signal: 3, rsi: 4 };
    const { readings } = frozenInputs({ bar: { indicators } });
    expect(readings.map(({ name }) => name)).toEqual(["rsi", "macd_signal", "atr", "ichimoku"]);
  });

  test("a model that spoke has no silence", () => {
    const prediction = { p_up: 0.5, p_neutral: 0.3, p_down: 0.2, abstained: false, reason: null };
    expect(frozenInputs({ bar: { prediction } }).prediction?.silence).toBeNull();
  });

  test("what a newer server adds is not taken for a source or an indicator", () => {
    const inputs = {
      bar: { indicators: { rsi: 50, mood: "calm", of: [1] } },
      sources: { volume: "present", weather: { is: "fine" }, news: "later" },
    };
    expect(frozenInputs(inputs)).toMatchObject({
      readings: [{ name: "rsi", value: 50 }],
      sources: [{ name: "volume", absence: null }],
    });
  });

  test.each([
    {},
    { bar: null, sources: 7, candles: "none" },
    { bar: { patterns: {}, volume: [] } },
  ])("%j leaves out what it does not say", (inputs) => {
    expect(frozenInputs(inputs)).toEqual({
      readings: [],
      patterns: [],
      volume: null,
      prediction: null,
      sources: [],
      candles: null,
    });
  });
});
