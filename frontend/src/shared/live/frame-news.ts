import type { CandleTick, IndicatorTick, PriceTick } from "@/shared/api/contract";

/** What arrived between two frames: all that closed, and of the rest the latest. */
export interface FrameNews {
  readonly closed: readonly CandleTick[];
  readonly indicators: readonly IndicatorTick[];
  readonly open: CandleTick | null;
  readonly price: PriceTick | null;
  /** Whether the price is newer than the open candle. */
  readonly isPriceNewer: boolean;
  /** There was more than is worth keeping: it has to be read again. */
  readonly isTooMuch: boolean;
}

export const NO_NEWS: FrameNews = {
  closed: [],
  indicators: [],
  open: null,
  price: null,
  isPriceNewer: false,
  isTooMuch: false,
};

/** An hour of minutes at 15×, in a tab that draws no frames because nobody looks at it. */
const MOST_CLOSED = 1_000;

function withinBounds(news: FrameNews): FrameNews {
  const isTooMuch = Math.max(news.closed.length, news.indicators.length) > MOST_CLOSED;
  return isTooMuch ? { ...news, closed: [], indicators: [], isTooMuch } : news;
}

export function withCandle(news: FrameNews, tick: CandleTick): FrameNews {
  if (!tick.closed) return { ...news, open: tick, isPriceNewer: false };
  return withinBounds({ ...news, closed: [...news.closed, tick] });
}

export function withIndicators(news: FrameNews, tick: IndicatorTick): FrameNews {
  return withinBounds({ ...news, indicators: [...news.indicators, tick] });
}

export function withPrice(news: FrameNews, tick: PriceTick): FrameNews {
  return { ...news, price: tick, isPriceNewer: true };
}
