import { describe, expect, test } from "vitest";
import { DEFAULT_VIEW, readView, writeView } from "./view";

describe("view", () => {
  test("the URL says market, timeframe and layout", () => {
    expect(readView("?s=BTC-USDT&tf=4h&view=table")).toEqual({
      symbol: "BTC/USDT",
      timeframe: "4h",
      layout: "table",
    });
  });

  test.each(["", "?s=&tf=", "?s=../x&tf=7m&view=pie"])("%j falls back to the default", (search) => {
    expect(readView(search)).toEqual(DEFAULT_VIEW);
  });

  test("what was written is read back, and foreign parameters stay", () => {
    const view = { symbol: "BTC/USDT", timeframe: "1h", layout: "table" } as const;
    const search = writeView("?i=ema9", view);
    expect(readView(search)).toEqual(view);
    expect(search).toContain("i=ema9");
  });

  test("the chart is not spelled out", () => {
    expect(writeView("?view=table", DEFAULT_VIEW)).toBe("?s=ETH-USDT&tf=15m");
  });
});
