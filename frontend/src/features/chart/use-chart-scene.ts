import { useCallback, useMemo, useState } from "react";
import type { Bar } from "@/shared/market/bar";
import type { IndicatorId } from "@/shared/market/indicators";
import type { MarketSymbol } from "@/shared/market/symbol";
import type { Timeframe } from "@/shared/market/timeframe";
import { useSelection, useShownSignal } from "@/shared/signals/selection";
import type { TradeSignal } from "@/shared/signals/signal";
import { useShownIndicators } from "@/shared/view/use-shown-indicators";
import type { ShownIndicators } from "./chart-layers";
import { linesOf } from "./indicator-lines";
import { marksOf, type Mark } from "./marks";
import { riskPlanOf, type RiskPlan } from "./signal-life";
import { useCandles, type Candles } from "./use-candles";
import { useChartSignals } from "./use-chart-signals";
import { useIndicatorValues, type IndicatorsRead } from "./use-indicator-values";
import { usePatterns } from "./use-patterns";

const NOTHING: readonly never[] = [];

/** All that the chart draws and tells. */
export interface ChartScene {
  readonly symbol: MarketSymbol;
  readonly timeframe: Timeframe;
  readonly candles: Candles;
  readonly indicators: ShownIndicators;
  readonly read: IndicatorsRead;
  readonly signals: readonly TradeSignal[];
  readonly marks: readonly Mark[];
  readonly plan: RiskPlan | null;
  /** Opens and closes an indicator's eye. */
  readonly toggle: (id: IndicatorId) => void;
}

export function useChartScene(symbol: MarketSymbol, timeframe: Timeframe): ChartScene {
  const candles = useCandles(symbol, timeframe);
  const { closed } = candles;
  const [shown] = useShownIndicators();
  const [indicators, toggle] = useEyes(shown);
  const wants = (id: IndicatorId): readonly Bar[] => (shown.includes(id) ? closed : NOTHING);
  const hasLines = linesOf(shown).length > 0;
  const read = useIndicatorValues(symbol, timeframe, hasLines ? closed : NOTHING);
  const patterns = usePatterns(symbol, timeframe, wants("patterns"));
  const signals = useChartSignals(symbol, timeframe, wants("signals"));
  const signal = useShownSignal(symbol, timeframe);
  const isRiskShown = shown.includes("risk");
  const areSignalsShown = shown.includes("signals");
  const shownId = signal?.id ?? null;
  return {
    symbol,
    timeframe,
    candles,
    indicators,
    read,
    signals,
    marks: useMemo(
      () => marksOf(closed, areSignalsShown ? signals : NOTHING, patterns, shownId),
      [closed, areSignalsShown, signals, patterns, shownId],
    ),
    plan: useMemo(() => (isRiskShown ? riskPlanOf(signal) : null), [isRiskShown, signal]),
    toggle,
  };
}

function useEyes(
  shown: readonly IndicatorId[],
): [indicators: ShownIndicators, toggle: (id: IndicatorId) => void] {
  const [hidden, setHidden] = useState<readonly IndicatorId[]>(NOTHING);
  const family = useSelection((selection) => selection.family);
  const toggle = useCallback((id: IndicatorId) => {
    setHidden((ids) => (ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id]));
  }, []);
  return [useMemo(() => ({ shown, hidden, family }), [shown, hidden, family]), toggle];
}
