import { describe, expect, test } from "vitest";
import { tradeSignal } from "@/shared/signals/signal-builder";
import { askedFilter, matches, readFilter, writeFilter } from "./history-filter";

const EVERYTHING = { side: null, status: null, origin: null };

describe("filters of the history", () => {
  test("the URL says them", () => {
    const filter = { side: "SELL", status: "closed", origin: "live" };
    expect(readFilter("?side=SELL&status=closed&origin=live")).toEqual(filter);
  });

  test.each(["", "?side=&status=", "?side=LONG&status=open&origin=moon"])(
    "%j filters nothing",
    (search) => {
      expect(readFilter(search)).toEqual(EVERYTHING);
    },
  );

  test("what was written is read back, and parameters of others stay", () => {
    const filter = { side: "BUY", status: null, origin: "late" } as const;
    const search = writeFilter("?s=ETH-USDT&tf=1h&i=ema9,rsi&status=closed", filter);
    expect(readFilter(search)).toEqual(filter);
    expect(search).toContain("s=ETH-USDT&tf=1h&i=ema9,rsi");
    expect(search).not.toContain("status");
  });

  test("the platform is asked only for what is filtered by", () => {
    expect(askedFilter(EVERYTHING)).toEqual({});
    expect(askedFilter({ side: "BUY", status: "active", origin: null })).toEqual({
      signalType: "BUY",
      status: "active",
    });
  });

  test("a signal matches what it is", () => {
    const signal = tradeSignal({ signalType: "SELL", status: "active", origin: "live" });
    expect(matches(signal, EVERYTHING)).toBe(true);
    expect(matches(signal, { side: "SELL", status: "active", origin: "live" })).toBe(true);
    expect(matches(signal, { ...EVERYTHING, side: "BUY" })).toBe(false);
    expect(matches(signal, { ...EVERYTHING, status: "closed" })).toBe(false);
    expect(matches(signal, { ...EVERYTHING, origin: "late" })).toBe(false);
  });
});
