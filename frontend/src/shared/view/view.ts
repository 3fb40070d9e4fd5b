import { isIndicator, type IndicatorId } from "@/shared/market/indicators";
import { symbolFromUrl, urlSymbol, type MarketSymbol } from "@/shared/market/symbol";
import { isTimeframe, type Timeframe } from "@/shared/market/timeframe";

/** What the workspace shows, and nothing that the URL does not say. */
export interface View {
  readonly symbol: MarketSymbol;
  readonly timeframe: Timeframe;
  readonly layout: "chart" | "table";
  /** Null: those that this browser remembers. */
  readonly indicators: readonly IndicatorId[] | null;
  /** The stretch of time on screen, in event time; null: the newest bars, followed. */
  readonly range: ViewRange | null;
}

export interface ViewRange {
  readonly fromMs: number;
  readonly toMs: number;
}

export const DEFAULT_VIEW: View = {
  symbol: "ETH/USDT",
  timeframe: "15m",
  layout: "chart",
  indicators: null,
  range: null,
};

/** A part that is missing or wrong falls back to the default view's. */
export function readView(search: string): View {
  const params = new URLSearchParams(search);
  const timeframe = params.get("tf") ?? "";
  return {
    symbol: symbolFromUrl(params.get("s") ?? "") ?? DEFAULT_VIEW.symbol,
    timeframe: isTimeframe(timeframe) ? timeframe : DEFAULT_VIEW.timeframe,
    layout: params.get("view") === "table" ? "table" : "chart",
    indicators: params.get("i")?.split(",").filter(isIndicator) ?? null,
    range: readRange(params.get("from"), params.get("to")),
  };
}

function readRange(from: string | null, to: string | null): ViewRange | null {
  const [fromMs, toMs] = [Number(from ?? NaN), Number(to ?? NaN)];
  const isRange = Number.isSafeInteger(fromMs) && Number.isSafeInteger(toMs) && fromMs < toMs;
  return isRange ? { fromMs, toMs } : null;
}

/** The same search string with the view written into it; parameters of others stay. */
export function writeView(search: string, view: View): string {
  const params = new URLSearchParams(search);
  params.set("s", urlSymbol(view.symbol));
  params.set("tf", view.timeframe);
  setOrDelete(params, "view", view.layout === "table" ? "table" : null);
  setOrDelete(params, "i", view.indicators?.join(",") ?? null);
  setOrDelete(params, "from", view.range && String(view.range.fromMs));
  setOrDelete(params, "to", view.range && String(view.range.toMs));
  return `?${params.toString().replaceAll("%2C", ",")}`;
}

function setOrDelete(params: URLSearchParams, name: string, value: string | null): void {
  if (value === null) params.delete(name);
  else params.set(name, value);
}
