/** A market in its spoken form, "ETH/USDT". The wire also says "ETHUSDT", the URL "ETH-USDT". */
export type MarketSymbol = `${string}/${string}`;

const URL_FORM = /^([A-Z0-9]{2,12})-([A-Z0-9]{2,12})$/;

/** Null for anything that cannot be a market's name. */
export function symbolFromUrl(text: string): MarketSymbol | null {
  const [, base, quote] = URL_FORM.exec(text.toUpperCase()) ?? [];
  return base && quote ? `${base}/${quote}` : null;
}

export function urlSymbol(symbol: MarketSymbol): string {
  return symbol.replace("/", "-");
}

/** The exchange's spelling, which events carry. */
export function compactSymbol(symbol: MarketSymbol): string {
  return symbol.replace("/", "");
}
