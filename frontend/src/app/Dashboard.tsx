import { TableToggle } from "@/features/chart/TableToggle";
import { TradingViewChart } from "@/features/chart/TradingViewChart";
import { FeedState } from "@/features/feed-state/FeedState";
import { PriceHeader } from "@/features/price-header/PriceHeader";
import { ThemeToggle } from "@/features/theme-toggle/ThemeToggle";
import { TimeframeStrip } from "@/features/timeframes/TimeframeStrip";
import { Announcer } from "@/shared/announce/Announcer";
import { useFollow } from "@/shared/live/live-context";
import { useView } from "@/shared/view/use-view";

/** The workspace: price, timeframes, feed state, and the chart in all the rest. */
export function Dashboard() {
  const [{ symbol, timeframe }] = useView();
  useFollow(symbol, timeframe);
  return (
    <div className="workspace h-dvh min-h-[480px] px-2 pb-2 md:px-3 md:pb-3">
      <header className="contents">
        <div className="flex items-center [grid-area:price]">
          <PriceHeader />
        </div>
        <nav className="self-center [grid-area:strip]">
          <TimeframeStrip />
        </nav>
        <div className="flex items-center justify-end [grid-area:actions]">
          <TableToggle />
          <ThemeToggle />
        </div>
        <div className="[grid-area:feed]">
          <FeedState />
        </div>
      </header>
      <main className="min-h-0 [grid-area:chart]">
        <TradingViewChart />
      </main>
      <Announcer />
    </div>
  );
}
