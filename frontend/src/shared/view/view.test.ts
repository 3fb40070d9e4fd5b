import { describe, expect, test } from "vitest";
import { DEFAULT_VIEW, readView, writeView } from "./view";

describe("view", () => {
  test("the URL says market, timeframe, layout, indicators and range", () => {
    expect(readView("?s=BTC-USDT&tf=4h&view=table&i=ema9,rsi&from=100&to=200")).toEqual({
      symbol: "BTC/USDT",
      timeframe: "4h",
      layout: "table",
      indicators: ["ema9", "rsi"],
      range: { fromMs: 100, toMs: 200 },
    });
  });

  test.each(["", "?s=&tf=", "?s=../x&tf=7m&view=pie&from=2&to=1", "?from=x&to=9"])(
    "%j falls back to the default",
    (search) => {
      expect(readView(search)).toEqual(DEFAULT_VIEW);
    },
  );

  test("no indicator at all is a choice, an unknown one is left out", () => {
    expect(readView("?i=").indicators).toEqual([]);
    expect(readView("?i=ema9,ichimoku").indicators).toEqual(["ema9"]);
  });

  test("what was written is read back, and foreign parameters stay", () => {
    const view = {
      symbol: "BTC/USDT",
      timeframe: "1h",
      layout: "table",
      indicators: ["ema9", "macd"],
      range: { fromMs: 1, toMs: 2 },
    } as const;
    const search = writeView("?utm=x", view);
    expect(readView(search)).toEqual(view);
    expect(search).toContain("utm=x");
    expect(search).toContain("i=ema9,macd");
  });

  test("what is default is not spelled out, but market and timeframe", () => {
    expect(writeView("?view=table&i=rsi&from=1&to=2", DEFAULT_VIEW)).toBe("?s=ETH-USDT&tf=15m");
  });
});
