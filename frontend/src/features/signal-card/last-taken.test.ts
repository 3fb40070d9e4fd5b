import { expect, test } from "vitest";
import { tradeSignal } from "@/shared/signals/signal-builder";
import { barsBetween, lastTaken } from "./last-taken";

const HOUR = 3_600_000;

function at(hour: number, signalType: "BUY" | "SELL" | "HOLD") {
  return tradeSignal({ id: String(hour), timestamp: hour * HOUR, signalType });
}

test("the last BUY or SELL before a HOLD is found in whatever order", () => {
  const known = [at(2, "SELL"), at(5, "BUY"), at(7, "HOLD"), at(9, "SELL")];
  expect(lastTaken(at(8, "HOLD"), known)?.id).toBe("5");
});

test("among HOLDs there is none", () => {
  expect(lastTaken(at(8, "HOLD"), [at(7, "HOLD")])).toBeUndefined();
});

test("bars are counted in the timeframe of the signals", () => {
  expect(barsBetween(at(2, "SELL"), at(38, "HOLD"))).toBe(36);
});
