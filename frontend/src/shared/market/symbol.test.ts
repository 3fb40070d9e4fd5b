import { describe, expect, test } from "vitest";
import { compactSymbol, spokenSymbol, symbolFromUrl, urlSymbol } from "./symbol";

describe("symbol", () => {
  test("the URL's spelling and the spoken one translate both ways", () => {
    expect(symbolFromUrl("eth-usdt")).toBe("ETH/USDT");
    expect(urlSymbol("ETH/USDT")).toBe("ETH-USDT");
  });

  test("events spell the market without a slash", () => {
    expect(compactSymbol("BTC/USDT")).toBe("BTCUSDT");
  });

  test.each([
    ["ETHUSDT", "ETH/USDT"],
    ["ETHBTC", "ETH/BTC"],
    ["BTCUSDC", "BTC/USDC"],
  ])("%s is spoken %s", (compact, spoken) => {
    expect(spokenSymbol(compact)).toBe(spoken);
  });

  test.each(["", "ETH", "ETH/USDT", "ETH-", "<b>-USDT", "A-B-C"])("%j names no market", (text) => {
    expect(symbolFromUrl(text)).toBeNull();
  });
});
