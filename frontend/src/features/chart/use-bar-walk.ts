import type { KeyboardEvent, RefObject } from "react";
import { announce } from "@/shared/announce/announce";
import { selectSignal } from "@/shared/signals/selection";
import { spokenBar } from "./bar-in-words";
import { indexAt } from "./bar-series";
import { stepTo } from "./bar-walk";
import type { ChartCanvas } from "./chart-canvas";
import type { ChartScene } from "./use-chart-scene";

/** The keys of the chart: they walk the bars, each of which is announced, and open a bar's signal. */
export function useBarWalk(
  canvas: RefObject<ChartCanvas | null>,
  { candles, marks, signals, timeframe }: ChartScene,
  pointedMs: number | null,
  point: (openMs: number | null) => void,
): (event: KeyboardEvent) => void {
  const { bars } = candles;

  const openSignal = () => {
    const signal = signals.find(({ openMs }) => openMs === pointedMs);
    if (signal) selectSignal(signal);
  };

  return (event) => {
    if (!bars || bars.length === 0) return;
    if (event.key === "Enter") {
      openSignal();
      return;
    }
    const from = pointedMs === null ? bars.length : indexAt(bars, pointedMs);
    const index = stepTo(event.key, from, bars.length, event.shiftKey);
    if (index === undefined) return;
    event.preventDefault();
    canvas.current?.pointAt(index);
    if (index === null) canvas.current?.showNewest();
    const bar = index === null ? undefined : bars[index];
    point(bar?.openMs ?? null);
    if (!bar || index === null) return;
    const words = marks.filter(({ openMs }) => openMs === bar.openMs).map((mark) => mark.words);
    announce([spokenBar(bar, bars[index - 1], timeframe), ...words].join(" "));
  };
}
