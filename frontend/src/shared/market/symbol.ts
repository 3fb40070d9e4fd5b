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

const QUOTES = ["USDT", "USDC", "FDUSD", "TUSD", "BUSD", "BTC", "ETH", "BNB", "EUR", "TRY", "USD"];

/** "ETHUSDT" → "ETH/USDT": the exchange's spelling does not say where the base ends. */
export function spokenSymbol(compact: string): MarketSymbol {
  const quote = QUOTES.find((name) => compact.endsWith(name) && compact.length > name.length);
  const base = compact.slice(0, quote ? -quote.length : -4);
  return `${base}/${compact.slice(base.length)}`;
}
