import { useEffect, type RefObject } from "react";
import { useFeedJudgement } from "@/shared/live/live-context";
import type { ChartCanvas } from "./chart-canvas";
import type { ChartScene } from "./use-chart-scene";

/** Has the canvas show the scene, each part when it changes. */
export function useDrawing(canvas: RefObject<ChartCanvas | null>, scene: ChartScene): void {
  const { symbol, timeframe, candles, indicators, read, marks, plan } = scene;
  const { bars, closed, isAtStart } = candles;
  const { shown } = indicators;
  const { isDoubtful } = useFeedJudgement();
  useEffect(() => {
    if (bars) canvas.current?.draw(symbol, timeframe, bars);
  }, [canvas, symbol, timeframe, bars]);
  useEffect(() => canvas.current?.stopAtFirst(isAtStart), [canvas, isAtStart]);
  useEffect(() => canvas.current?.doubtNewest(isDoubtful), [canvas, isDoubtful]);
  useEffect(() => canvas.current?.layers.chooseIndicators(indicators), [canvas, indicators]);
  useEffect(
    () => canvas.current?.layers.drawValues(closed, read.values, timeframe),
    [canvas, shown, closed, read.values, timeframe],
  );
  useEffect(() => canvas.current?.layers.drawMarks(marks), [canvas, marks]);
  useEffect(() => canvas.current?.layers.drawRisk(plan), [canvas, plan]);
}
