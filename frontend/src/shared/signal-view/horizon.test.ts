import { expect, test } from "vitest";
import { tradeSignal } from "@/shared/signals/signal-builder";
import type { FrozenSignal } from "@/shared/signals/signal";
import { barsLeft, horizonEndMs } from "./horizon";

const HOUR = 3_600_000;

function frozen(progress: unknown): FrozenSignal {
  const signal = tradeSignal();
  return { ...signal, details: { ...signal.raw, progress } as FrozenSignal["details"] };
}

test("the bar that is open counts, until it closes", () => {
  expect(barsLeft(24 * HOUR, 20 * HOUR, "1h")).toBe(4);
  expect(barsLeft(24 * HOUR, 21 * HOUR - 1, "1h")).toBe(4);
  expect(barsLeft(24 * HOUR, 25 * HOUR, "1h")).toBe(0);
});

test("the horizon is that of the followed position", () => {
  expect(horizonEndMs(frozen({ position: { horizon_end_ms: 7 } }))).toBe(7);
});

test("a signal that is not followed, or followed in another way, has no horizon", () => {
  expect(horizonEndMs(frozen(null))).toBeNull();
  expect(horizonEndMs(frozen({ position: { horizon_end_ms: "soon" } }))).toBeNull();
});
