import { describe, expect, test } from "vitest";
import { tradeSignal } from "@/shared/signals/signal-builder";
import { riskPlanOf } from "./signal-life";

describe("a signal's life", () => {
  test("begins at its bar's close and is open while the signal runs", () => {
    const plan = riskPlanOf(tradeSignal());
    expect(plan).toMatchObject({ side: -1, fromMs: 1_722_808_800_000, untilMs: null });
    expect(plan?.levels.stop).toBe(2791.78);
  });

  test("ends where it was left, inside a bar as well", () => {
    const plan = riskPlanOf(tradeSignal({ closedAt: "2024-08-05T01:07:00.000Z" }));
    expect(plan?.untilMs).toBe(Date.UTC(2024, 7, 5, 1, 7));
  });

  test("what names no prices has no lines", () => {
    expect(riskPlanOf(null)).toBeNull();
    expect(riskPlanOf(undefined)).toBeNull();
    expect(riskPlanOf(tradeSignal({ stopLoss: null }))).toBeNull();
    expect(riskPlanOf(tradeSignal({ signalType: "HOLD" }))).toBeNull();
    expect(riskPlanOf(tradeSignal({ signalType: "WAIT" as "HOLD" }))).toBeNull();
  });
});
