import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { announce } from "@/shared/announce/announce";
import { text } from "@/shared/text";
import { Button } from "@/shared/ui/Button";
import { ErrorNotice } from "@/shared/ui/ErrorNotice";
import { Notice } from "@/shared/ui/Notice";
import { useView } from "@/shared/view/use-view";
import { DEFAULT_VIEW } from "@/shared/view/view";
import { spokenBar } from "./bar-in-words";
import { indexAt } from "./bar-series";
import { BarTable } from "./BarTable";
import { stepTo } from "./bar-walk";
import { ChartLegend } from "./ChartLegend";
import { ChartSkeleton } from "./ChartSkeleton";
import { OlderBars } from "./OlderBars";
import { useCandles } from "./use-candles";
import { useChartCanvas } from "./use-chart-canvas";

/** The candles of the market and timeframe in view, as a chart or as a table. */
export function TradingViewChart() {
  const [{ symbol, timeframe, layout }, changeView] = useView();
  const candles = useCandles(symbol, timeframe);
  const { bars, error } = candles;
  const place = useRef<HTMLDivElement>(null);
  const [pointedMs, setPointedMs] = useState<number | null>(null);
  const canvas = useChartCanvas(place, {
    onPoint: setPointedMs,
    onNearStart: candles.wantOlder,
  });

  useEffect(() => {
    if (bars) canvas.current?.draw(symbol, timeframe, bars);
  }, [canvas, symbol, timeframe, bars]);

  const walk = (event: KeyboardEvent) => {
    if (!bars || bars.length === 0) return;
    const from = pointedMs === null ? bars.length : indexAt(bars, pointedMs);
    const index = stepTo(event.key, from, bars.length, event.shiftKey);
    if (index === undefined) return;
    event.preventDefault();
    canvas.current?.pointAt(index);
    if (index === null) canvas.current?.showNewest();
    const bar = index === null ? undefined : bars[index];
    setPointedMs(bar?.openMs ?? null);
    if (bar && index !== null) announce(spokenBar(bar, bars[index - 1], timeframe));
  };

  const isTable = layout === "table";
  return (
    <section
      aria-label={text.chart.region}
      className="relative h-full overflow-hidden rounded-card border border-line bg-surface"
    >
      {/* The arrow keys walk the bars, so the drawing itself takes the focus. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <div
        ref={place}
        data-testid="chart"
        role="application"
        aria-label={text.chart.label(symbol, timeframe)}
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        onKeyDown={walk}
        inert={isTable}
        className="absolute inset-0 after:pointer-events-none after:inset-0 after:z-20 after:rounded-card after:border-2 after:border-accent focus-visible:outline-none focus-visible:after:absolute"
      />
      {bars && !isTable && <ChartLegend bars={bars} pointedMs={pointedMs} />}
      {!isTable && <OlderBars candles={candles} />}
      {bars && isTable && (
        <BarTable
          symbol={symbol}
          timeframe={timeframe}
          bars={bars}
          onNearStart={candles.wantOlder}
        />
      )}
      {!bars && !error && <ChartSkeleton />}
      {error && (
        <ErrorNotice title={text.chart.failed} error={error} onRetry={candles.retry}>
          {symbol !== DEFAULT_VIEW.symbol && (
            <Button onClick={() => changeView({ symbol: DEFAULT_VIEW.symbol })}>
              {text.chart.showInstead(DEFAULT_VIEW.symbol)}
            </Button>
          )}
        </ErrorNotice>
      )}
      {candles.isEmpty && <Notice title={text.chart.empty} detail={text.chart.emptyDetail} />}
    </section>
  );
}
