import { describe, expect, test } from "vitest";
import { rawSignal, tradeSignal } from "@/shared/signals/signal-builder";
import { loudnessOf, voiceOf, weightsOf } from "./voices";

const TAKEN = tradeSignal();

function hold(reasoning: Record<string, unknown> = {}) {
  const evidence = [
    { family: "trend", points: 0.1 },
    { family: "ml", points: 0 },
    { family: "patterns", points: 0 },
  ];
  return tradeSignal({
    signalType: "HOLD",
    reasoning: { ...rawSignal().reasoning, evidence, ...reasoning },
  });
}

describe("voices", () => {
  test("a BUY or SELL tells what each family said, and the weights", () => {
    expect(voiceOf(TAKEN, "trend", null)).toEqual({ value: -0.93, points: -0.2325 });
    expect(weightsOf(TAKEN)?.get("volume")).toBe(0.05);
  });

  test("of a HOLD it is the points over the engine's weight", () => {
    expect(voiceOf(hold(), "trend", weightsOf(TAKEN))).toEqual({ value: 0.4, points: 0.1 });
  });

  test("where nobody told the weights, only the direction is known", () => {
    const voice = voiceOf(hold(), "trend", weightsOf(hold()));
    expect(voice).toEqual({ value: null, points: 0.1 });
    expect(voice && loudnessOf(voice)).toBe("some");
  });

  test("a model that abstains and a source that was absent have no voice", () => {
    expect(voiceOf(hold(), "ml", weightsOf(TAKEN))).toBeNull();
    expect(voiceOf(hold({ absent: { patterns: "?" } }), "patterns", weightsOf(TAKEN))).toBeNull();
  });

  test("a family that a newer engine no longer has has no voice", () => {
    expect(voiceOf(hold(), "momentum", null)).toBeNull();
  });

  test.each([
    [0, "none"],
    [-0.2, "weak"],
    [0.5, "clear"],
    [-1, "strong"],
  ])("a value of %d is %s", (value, loudness) => {
    expect(loudnessOf({ value, points: value })).toBe(loudness);
  });
});
