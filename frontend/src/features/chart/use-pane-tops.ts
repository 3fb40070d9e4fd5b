import { useEffect, useState, type RefObject } from "react";
import type { IndicatorId } from "@/shared/market/indicators";
import type { ChartCanvas } from "./chart-canvas";

/** Where each indicator's own pane begins, in pixels from the chart's top. */
export type PaneTops = ReadonlyMap<IndicatorId, number>;

function topsOf(place: HTMLElement, panes: ReadonlyMap<IndicatorId, HTMLElement>): PaneTops {
  const top = place.getBoundingClientRect().top;
  return new Map([...panes].map(([id, pane]) => [id, pane.getBoundingClientRect().top - top]));
}

export function usePaneTops(
  place: RefObject<HTMLElement | null>,
  canvas: RefObject<ChartCanvas | null>,
  shown: readonly IndicatorId[],
): PaneTops {
  const [tops, setTops] = useState<PaneTops>(new Map());
  useEffect(() => {
    const observer = new ResizeObserver(() => {
      if (place.current && canvas.current) {
        setTops(topsOf(place.current, canvas.current.layers.panes()));
      }
    });
    // The library makes the panes in the next frame.
    const frame = requestAnimationFrame(() => {
      if (place.current) observer.observe(place.current);
      for (const pane of canvas.current?.layers.panes().values() ?? []) observer.observe(pane);
    });
    return () => {
      cancelAnimationFrame(frame);
      observer.disconnect();
    };
  }, [place, canvas, shown]);
  return tops;
}
