import { useEffect, useEffectEvent, useRef, useState, type RefObject } from "react";
import { useTheme } from "@/shared/theme/theme";
import { ChartCanvas, type ChartEvents } from "./chart-canvas";

/** A chart canvas that lives in the referenced place and wears the theme on screen. */
export function useChartCanvas(
  place: RefObject<HTMLElement | null>,
  events: ChartEvents,
): ChartCanvas | null {
  const [canvas, setCanvas] = useState<ChartCanvas | null>(null);
  const onPoint = useEffectEvent(events.onPoint);
  const onNearStart = useEffectEvent(events.onNearStart);
  const theme = useTheme();
  const painted = useRef(theme);

  useEffect(() => {
    if (!place.current) return undefined;
    const created = new ChartCanvas(place.current, {
      onPoint: (openMs) => onPoint(openMs),
      onNearStart: () => onNearStart(),
    });
    setCanvas(created);
    return () => {
      setCanvas(null);
      created.remove();
    };
  }, [place]);

  useEffect(() => {
    if (painted.current === theme) return;
    painted.current = theme;
    canvas?.paint();
  }, [canvas, theme]);

  return canvas;
}
