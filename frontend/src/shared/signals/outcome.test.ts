import { expect, test } from "vitest";
import { outcomeOf } from "./outcome";
import { tradeSignal } from "./signal-builder";

test("an outcome is read, and what a newer server adds is left alone", () => {
  const outcome = { exitReason: "stop", netR: -1.05, barsHeld: 3, ambiguous: true, mood: "?" };
  expect(outcomeOf(tradeSignal({ outcome }))).toMatchObject({
    reason: "stop",
    netR: -1.05,
    barsHeld: 3,
    isAmbiguous: true,
    exitPrice: null,
    furthestTarget: 0,
  });
});

test("a signal that runs, and an outcome without a reason, have none", () => {
  expect(outcomeOf(tradeSignal())).toBeNull();
  expect(outcomeOf(tradeSignal({ outcome: {} }))).toBeNull();
});
