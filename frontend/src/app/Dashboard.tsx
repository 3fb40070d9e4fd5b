import { TableToggle } from "@/features/chart/TableToggle";
import { TradingViewChart } from "@/features/chart/TradingViewChart";
import { PaletteButton } from "@/features/command-palette/PaletteButton";
import { Confluence } from "@/features/confluence/Confluence";
import { FeedState } from "@/features/feed-state/FeedState";
import { IndicatorsPanel } from "@/features/indicators/IndicatorsPanel";
import { Onboarding } from "@/features/onboarding/Onboarding";
import { PriceHeader } from "@/features/price-header/PriceHeader";
import { SignalCard } from "@/features/signal-card/SignalCard";
import { SignalsPanel } from "@/features/signals/SignalsPanel";
import { ThemeToggle } from "@/features/theme-toggle/ThemeToggle";
import { TimeframeStrip } from "@/features/timeframes/TimeframeStrip";
import { useFollow } from "@/shared/live/live-context";
import { useLiveSignals } from "@/shared/signals/use-signals";
import { useIsNarrow } from "@/shared/view/use-narrow";
import { useSpelledOutView, useView } from "@/shared/view/use-view";
import { CrashBoundary } from "./CrashBoundary";
import { Navigation } from "./Navigation";
import { SIGNAL_ID } from "./show-signal";
import { CONTENT_ID } from "./SkipLink";

/** The workspace: price and chart, the signal and whether to believe it, what was before. */
export function Dashboard() {
  const [{ symbol, timeframe }] = useView();
  useSpelledOutView();
  useFollow(symbol, timeframe);
  useLiveSignals();
  const isNarrow = useIsNarrow();
  return (
    <div className="page flex min-h-dvh flex-col gap-2 md:h-dvh md:min-h-[640px]">
      <header>
        <div className="flex flex-wrap items-center gap-x-4 xl:h-12 xl:flex-nowrap">
          <PriceHeader />
          <div className="ml-auto flex items-center xl:order-3">
            <Navigation />
            <TableToggle />
            {/* On a narrow screen, which has no room for them, the sheet "More" leads to both. */}
            <div className="hidden items-center md:flex">
              <PaletteButton />
              <ThemeToggle />
            </div>
          </div>
          <div className="flex w-full items-center gap-2 max-xl:order-last xl:w-auto">
            <TimeframeStrip />
            <IndicatorsPanel />
          </div>
        </div>
        <FeedState />
      </header>
      <main
        id={CONTENT_ID}
        tabIndex={-1}
        className="workspace relative min-h-0 flex-1 outline-none"
      >
        <CrashBoundary>
          <div className="h-[380px] min-h-0 [grid-area:chart] md:h-auto">
            <TradingViewChart />
          </div>
          <div
            id={SIGNAL_ID}
            tabIndex={-1}
            className="flex min-h-0 scroll-mt-2 flex-col gap-2 outline-none [grid-area:rail] md:overflow-y-auto"
          >
            {!isNarrow && <Onboarding />}
            <SignalCard />
            {/* A phone shows the signal first: nothing may push it out of sight. */}
            {isNarrow && <Onboarding />}
            <Confluence />
          </div>
          <div className="min-h-0 [grid-area:drawer]">
            <SignalsPanel />
          </div>
        </CrashBoundary>
      </main>
    </div>
  );
}
