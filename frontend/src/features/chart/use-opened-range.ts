import { useEffect, useRef, type RefObject } from "react";
import { announce } from "@/shared/announce/announce";
import { barMs } from "@/shared/market/timeframe";
import { text } from "@/shared/text";
import { useView } from "@/shared/view/use-view";
import type { ChartCanvas } from "./chart-canvas";
import { fittedRange, isOutOfReach } from "./fitted-range";
import type { Candles } from "./use-candles";

/** Read beyond what was asked for, so that the view does not ask for more at once. */
const SPARE_BARS = 200;

/** Opens the chart on the stretch that the address names; true when its bars are not to be had. */
export function useOpenedRange(
  canvas: RefObject<ChartCanvas | null>,
  { closed, wantOlder, isAtStart }: Candles,
): boolean {
  const [{ symbol, timeframe, range }] = useView();
  const opened = useRef("");
  const firstMs = closed[0]?.openMs ?? Infinity;
  const newestMs = closed.at(-1)?.openMs ?? -Infinity;
  const address = range ? `${symbol} ${timeframe} ${range.fromMs} ${range.toMs}` : "";
  const wanted = range && fittedRange(range, timeframe);
  const isFinal = wanted !== null && (isAtStart || isOutOfReach(wanted, timeframe, newestMs));
  const isUnreached = isFinal && closed.length > 0 && firstMs >= wanted.toMs;

  useEffect(() => {
    if (!wanted || firstMs === Infinity || opened.current === address) return;
    if (firstMs < wanted.toMs) canvas.current?.showRange(wanted);
    if (isFinal || firstMs <= wanted.fromMs) opened.current = address;
    else wantOlder(Math.ceil((firstMs - wanted.fromMs) / barMs(timeframe)) + SPARE_BARS);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- Only another address and older bars are reasons to move.
  }, [address, firstMs, isFinal]);

  useEffect(() => {
    if (isUnreached) announce(text.chart.outOfReach);
  }, [isUnreached]);

  return isUnreached;
}
