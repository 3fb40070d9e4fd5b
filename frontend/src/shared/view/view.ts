import { symbolFromUrl, urlSymbol, type MarketSymbol } from "@/shared/market/symbol";
import { isTimeframe, type Timeframe } from "@/shared/market/timeframe";

/** What the screen shows, and nothing that the URL does not say. */
export interface View {
  readonly symbol: MarketSymbol;
  readonly timeframe: Timeframe;
  readonly layout: "chart" | "table";
}

export const DEFAULT_VIEW: View = { symbol: "ETH/USDT", timeframe: "15m", layout: "chart" };

/** A part that is missing or wrong falls back to the default view's. */
export function readView(search: string): View {
  const params = new URLSearchParams(search);
  const timeframe = params.get("tf") ?? "";
  return {
    symbol: symbolFromUrl(params.get("s") ?? "") ?? DEFAULT_VIEW.symbol,
    timeframe: isTimeframe(timeframe) ? timeframe : DEFAULT_VIEW.timeframe,
    layout: params.get("view") === "table" ? "table" : "chart",
  };
}

/** The same search string with the view written into it; parameters of others stay. */
export function writeView(search: string, view: View): string {
  const params = new URLSearchParams(search);
  params.set("s", urlSymbol(view.symbol));
  params.set("tf", view.timeframe);
  if (view.layout === "table") params.set("view", "table");
  else params.delete("view");
  return `?${params.toString()}`;
}
