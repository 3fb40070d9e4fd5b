import { describe, expect, test } from "vitest";
import { tradeSignal } from "@/shared/signals/signal-builder";
import {
  askedFilter,
  listsOf,
  matches,
  NO_FILTER,
  readFilter,
  writeFilter,
} from "./history-filter";

const EVERYTHING = { side: null, status: null, origin: null };

describe("filters of the history", () => {
  test("the URL says them", () => {
    const filter = { side: "SELL", status: "closed", origin: "live" };
    expect(readFilter("?side=SELL&status=closed&origin=live")).toEqual(filter);
  });

  test.each(["", "?side=&status=", "?side=LONG&status=open&origin=moon"])(
    "%j lists every BUY and SELL",
    (search) => {
      expect(readFilter(search)).toEqual(NO_FILTER);
    },
  );

  test("what was written is read back, and parameters of others stay", () => {
    const filter = { side: "BUY", status: null, origin: "late" } as const;
    const search = writeFilter("?s=ETH-USDT&tf=1h&i=ema9,rsi&status=closed", filter);
    expect(readFilter(search)).toEqual(filter);
    expect(search).toContain("s=ETH-USDT&tf=1h&i=ema9,rsi");
    expect(search).not.toContain("status");
  });

  test("what is default is not spelled out", () => {
    expect(writeFilter("?s=ETH-USDT&side=HOLD", NO_FILTER)).toBe("?s=ETH-USDT");
  });

  test("BUY and SELL are two lists of the platform, everything else is one", () => {
    const sidesOf = (search: string) => listsOf(readFilter(search)).map(({ side }) => side);
    expect(sidesOf("")).toEqual(["BUY", "SELL"]);
    expect(sidesOf("?side=HOLD")).toEqual(["HOLD"]);
    expect(sidesOf("?side=all")).toEqual([null]);
    expect(listsOf(readFilter("?status=closed"))[1]).toMatchObject({ status: "closed" });
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
