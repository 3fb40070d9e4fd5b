import { expect, test } from "vitest";
import type { CandleTick } from "@/shared/api/contract";
import { NO_NEWS, withCandle, withPrice } from "./frame-news";

const OPEN_MS = 1_722_807_000_000;
const price = { symbol: "ETHUSDT", price: 7, timestamp: OPEN_MS };

function candle(index: number, closed: boolean): CandleTick {
  const openMs = OPEN_MS + index * 900_000;
  return { symbol: "ETHUSDT", timeframe: "15m", candle: [openMs, 1, 9, 1, 4, 5], closed };
}

test("open candles replace one another and push out none that closed", () => {
  const closed = withCandle(NO_NEWS, candle(0, true));
  let news = closed;
  for (let index = 0; index < 5_000; index += 1) news = withCandle(news, candle(1, false));
  expect(news.closed).toEqual(closed.closed);
  expect(news.open).toEqual(candle(1, false));
  expect(news.isTooMuch).toBe(false);
});

test("a tab that draws no frames keeps a bounded number of bars, and knows that it lacks some", () => {
  let news = NO_NEWS;
  for (let index = 0; index <= 1_000; index += 1) news = withCandle(news, candle(index, true));
  expect(news.isTooMuch).toBe(true);
  for (let index = 0; index <= 9_000; index += 1) {
    news = withCandle(news, candle(index, true));
    expect(news.closed.length).toBeLessThanOrEqual(1_000);
  }
  expect(news.isTooMuch).toBe(true);
});

test("a price is newer than the open candle until the next one", () => {
  const priced = withPrice(withCandle(NO_NEWS, candle(1, false)), price);
  expect(priced.isPriceNewer).toBe(true);
  expect(withCandle(priced, candle(1, false))).toMatchObject({ price, isPriceNewer: false });
});
