import type { PlatformStatus } from "@/shared/api/status-api";
import { compactSymbol, type MarketSymbol } from "@/shared/market/symbol";
import type { Timeframe } from "@/shared/market/timeframe";
import { shortModelId } from "@/shared/status/short-model-id";
import { text } from "@/shared/text";

type Model = NonNullable<PlatformStatus["models"]>[number];

const say = text.feed;

function driftWord({ degraded, drift }: Model): string {
  if (degraded) return say.drift.degraded;
  if (!drift) return say.drift.notKnown;
  return drift.isUnusual ? say.drift.unusual : say.drift.usual;
}

/** Which model speaks in a market and timeframe and whether it sees what it was trained on. */
export function modelWord(
  { models }: PlatformStatus,
  symbol: MarketSymbol,
  timeframe: Timeframe,
): string {
  const ofSeries = (one: Model) =>
    one.symbol === compactSymbol(symbol) && one.timeframe === timeframe;
  const model = models?.find(ofSeries);
  if (!model) return say.modelAway;
  if (model.modelId === null) return say.rulesOnly(model.abstainsFor ?? "no_model");
  if (model.abstainsFor !== null) return say.rulesOnly(model.abstainsFor);
  return say.model(shortModelId(model.modelId), driftWord(model));
}
