import { describe, expect, test } from "vitest";
import type { RawSignal } from "@/shared/signals/signal";
import { rawSignal, tradeSignal } from "@/shared/signals/signal-builder";
import { text } from "@/shared/text";
import { signalNotes } from "./signal-notes";

const { notes } = text.signalView;

function saidBy(mlPrediction: unknown): Partial<RawSignal> {
  const reasoning = { ...rawSignal().reasoning, mlPrediction };
  return { reasoning: reasoning as RawSignal["reasoning"] };
}

function labels(changes: Partial<RawSignal>) {
  return signalNotes(tradeSignal(changes)).map(({ label }) => label);
}

const SPEAKS = saidBy({ abstained: false, direction: "up", degraded: false });

describe("signal notes", () => {
  test("a calibrated live signal whose model spoke has none", () => {
    expect(signalNotes(tradeSignal({ ...SPEAKS, calibrated: true }))).toEqual([]);
  });

  test("an uncalibrated one says why its percentage is no chance", () => {
    const [note] = signalNotes(tradeSignal({ ...SPEAKS, calibrated: false }));
    expect(note?.sentence).toBe(notes.uncalibrated.sentence);
  });

  test("a model that abstains leaves rules only, with its reason in words", () => {
    const [note] = signalNotes(
      tradeSignal({ ...saidBy({ abstained: true, reason: "no_model" }), calibrated: true }),
    );
    expect(note?.label).toBe("Rules only: no model");
    expect(note?.sentence).toContain("no model has been trained");
  });

  test("a reason of a newer server is said as it came", () => {
    const [note] = signalNotes(
      tradeSignal({ ...saidBy({ abstained: true, reason: "solar flare" }), calibrated: true }),
    );
    expect(note?.sentence).toContain("solar flare");
  });

  test("where it came from and what was missing is said", () => {
    const continues = "7bf4ee14-b64b-5763-89f4-ff1cea8d3b37";
    const degraded = ["prediction", "volume"];
    expect(labels({ ...SPEAKS, calibrated: true, origin: "late", degraded, continues })).toEqual([
      notes.sources.label,
      notes.late.label,
      notes.continues.label,
    ]);
  });

  test("an unknown origin adds nothing", () => {
    const origin = "dreamt" as RawSignal["origin"];
    expect(labels({ ...SPEAKS, calibrated: true, origin })).toEqual([]);
  });
});
