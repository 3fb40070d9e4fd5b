import { describe, expect, test } from "vitest";
import { tradeSignal } from "@/shared/signals/signal-builder";
import { nextTrade, quietSince } from "./signal-walk";

function at(timestamp: number, signalType: "BUY" | "SELL" | "HOLD" = "SELL") {
  return tradeSignal({ id: `${signalType} ${timestamp}`, timestamp, signalType });
}

const newestHold = at(5, "HOLD");
const newest = at(4, "BUY");
const middle = at(3, "HOLD");
const oldest = at(2);
const list = [newestHold, newest, middle, oldest];

describe("walking the signals", () => {
  test("the first step goes to the newest BUY or SELL", () => {
    expect(nextTrade(list, null, "down")).toBe(newest);
    expect(nextTrade([newestHold], null, "down")).toBeNull();
  });

  test("steps skip the HOLDs", () => {
    expect(nextTrade(list, newest, "down")).toBe(oldest);
    expect(nextTrade(list, oldest, "up")).toBe(newest);
    expect(nextTrade(list, middle, "up")).toBe(newest);
    expect(nextTrade(list, middle, "down")).toBe(oldest);
  });

  test("at both ends there is no further one", () => {
    expect(nextTrade(list, oldest, "down")).toBeNull();
    expect(nextTrade(list, newest, "up")).toBeNull();
  });
});

describe("how long nothing was said", () => {
  test("the HOLDs since the last BUY or SELL count", () => {
    expect(quietSince(list, true)).toEqual({ count: 1, isAtLeast: false });
    expect(quietSince([newest], true)).toEqual({ count: 0, isAtLeast: false });
  });

  test("where all that was read are HOLDs there may be more", () => {
    expect(quietSince([newestHold, middle], true)).toEqual({ count: 2, isAtLeast: true });
    expect(quietSince([newestHold, middle], false)).toEqual({ count: 2, isAtLeast: false });
  });
});
