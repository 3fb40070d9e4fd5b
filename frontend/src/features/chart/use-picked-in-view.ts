import { useEffect, useRef, type RefObject } from "react";
import { barMs } from "@/shared/market/timeframe";
import { useSelection } from "@/shared/signals/selection";
import type { ChartCanvas } from "./chart-canvas";
import { isOutOfReach } from "./fitted-range";
import type { ChartScene } from "./use-chart-scene";

/** Read beyond the picked bar, so that it has something before it. */
const SPARE_BARS = 200;

/** Moves the chart to a signal that is picked elsewhere, and reads the bars back to it. */
export function usePickedInView(
  canvas: RefObject<ChartCanvas | null>,
  { symbol, timeframe, candles: { closed, wantOlder, isAtStart } }: ChartScene,
): void {
  const picked = useSelection(({ signal }) => signal);
  const moved = useRef<string | null>(null);
  const isHere = picked?.symbol === symbol && picked.timeframe === timeframe;
  const [id, openMs] = isHere ? [picked.id, picked.openMs] : [null, 0];
  const firstMs = closed[0]?.openMs ?? Infinity;
  const newestMs = closed.at(-1)?.openMs ?? -Infinity;

  useEffect(() => {
    if (id === null) moved.current = null;
    if (id === null || firstMs === Infinity || moved.current === id) return;
    const moment = { fromMs: openMs, toMs: openMs };
    const isRead = firstMs <= openMs;
    if (isRead) canvas.current?.reveal(openMs);
    if (isRead || isAtStart || isOutOfReach(moment, timeframe, newestMs)) moved.current = id;
    else wantOlder(Math.ceil((firstMs - openMs) / barMs(timeframe)) + SPARE_BARS);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- Only another signal and older bars are reasons to move.
  }, [id, firstMs, isAtStart]);
}
