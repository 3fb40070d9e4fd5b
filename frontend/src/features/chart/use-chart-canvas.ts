import { useEffect, useEffectEvent, useRef, type RefObject } from "react";
import { useTheme } from "@/shared/theme/theme";
import { ChartCanvas, type ChartEvents } from "./chart-canvas";

/** A chart canvas that lives in the referenced place and wears the theme on screen. */
export function useChartCanvas(
  place: RefObject<HTMLElement | null>,
  events: ChartEvents,
): RefObject<ChartCanvas | null> {
  const canvas = useRef<ChartCanvas | null>(null);
  const onPoint = useEffectEvent(events.onPoint);
  const onNearStart = useEffectEvent(events.onNearStart);
  const onFirst = useEffectEvent(events.onFirst);
  const onPress = useEffectEvent(events.onPress);
  const theme = useTheme();

  useEffect(() => {
    if (!place.current) return undefined;
    const created = new ChartCanvas(place.current, {
      onPoint: (openMs) => onPoint(openMs),
      onNearStart: () => onNearStart(),
      onFirst: (isSeen) => onFirst(isSeen),
      onPress: (markId) => onPress(markId),
    });
    canvas.current = created;
    return () => {
      canvas.current = null;
      created.remove();
    };
  }, [place]);

  useEffect(() => canvas.current?.paint(), [theme]);

  return canvas;
}
