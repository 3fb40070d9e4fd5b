import { Suspense, useRef, useState } from "react";
import { lazyPart } from "@/shared/parts/lazy-part";
import { selectSignal } from "@/shared/signals/selection";
import { text } from "@/shared/text";
import { Button } from "@/shared/ui/Button";
import { ErrorNotice } from "@/shared/ui/ErrorNotice";
import { Notice } from "@/shared/ui/Notice";
import { useView } from "@/shared/view/use-view";
import { DEFAULT_VIEW } from "@/shared/view/view";
import { ChartLegend } from "./ChartLegend";
import { ChartSkeleton } from "./ChartSkeleton";
import { ChartTools } from "./ChartTools";
import { IndicatorLegend } from "./IndicatorLegend";
import { useBarWalk } from "./use-bar-walk";
import { useChartCanvas } from "./use-chart-canvas";
import { useChartScene } from "./use-chart-scene";
import { useDrawing } from "./use-drawing";
import { useOpenedRange } from "./use-opened-range";
import { usePaneTops } from "./use-pane-tops";
import { usePickedInView } from "./use-picked-in-view";

const ChartNotices = lazyPart(async () => (await import("./ChartNotices")).ChartNotices);
const BarTable = lazyPart(async () => (await import("./BarTable")).BarTable);

/** The candles of the market and timeframe in view with all that is known of them. */
export function TradingViewChart() {
  const [{ symbol, timeframe, layout }, changeView] = useView();
  const scene = useChartScene(symbol, timeframe);
  const { candles, indicators, signals } = scene;
  const { bars, error } = candles;
  const region = useRef<HTMLElement>(null);
  const place = useRef<HTMLDivElement>(null);
  const [pointedMs, setPointedMs] = useState<number | null>(null);
  const [isFirstSeen, seeFirst] = useState(false);
  const canvas = useChartCanvas(place, {
    onPoint: setPointedMs,
    onNearStart: candles.wantOlder,
    onFirst: seeFirst,
    onPress: (markId) => {
      const pressed = signals.find(({ id }) => id === markId);
      if (pressed) selectSignal(pressed);
    },
  });
  useDrawing(canvas, scene);
  const isUnreached = useOpenedRange(canvas, candles);
  usePickedInView(canvas, scene);
  const tops = usePaneTops(place, canvas, indicators.shown);
  const walk = useBarWalk(canvas, scene, pointedMs, setPointedMs);

  const isTable = layout === "table";
  return (
    <section
      ref={region}
      aria-label={text.chart.region}
      // On a phone the tools are at a thumb's reach, below the chart.
      className="grid h-full grid-cols-1 grid-rows-[auto_minmax(0,1fr)_auto] [grid-template-areas:'figures'_'chart'_'tools'] md:grid-cols-[minmax(0,1fr)_auto] md:grid-rows-[auto_minmax(0,1fr)] md:[grid-template-areas:'figures_tools'_'chart_chart'] overflow-hidden rounded-card border border-line bg-surface"
    >
      <div className="@container flex h-7 items-center border-b border-line px-2 [grid-area:figures] md:h-9">
        {bars && <ChartLegend bars={bars} pointedMs={pointedMs} />}
      </div>
      <div className="relative min-h-0 [grid-area:chart]">
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
          className="absolute inset-0 after:pointer-events-none after:absolute after:inset-0 after:hidden after:z-20 after:border-2 after:border-accent focus-visible:outline-none focus-visible:after:block"
        />
        {bars && !isTable && <IndicatorLegend scene={scene} pointedMs={pointedMs} tops={tops} />}
        {!isTable && (
          <Suspense>
            <ChartNotices scene={scene} isUnreached={isUnreached} isFirstSeen={isFirstSeen} />
          </Suspense>
        )}
        {bars && isTable && (
          <Suspense>
            <BarTable scene={scene} bars={bars} onNearStart={candles.wantOlder} />
          </Suspense>
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
      </div>
      <ChartTools canvas={canvas} region={region} />
    </section>
  );
}
