import { Suspense, useState, type CSSProperties } from "react";
import { Link } from "wouter";
import { lazyPart } from "@/shared/parts/lazy-part";
import { changeSettings, DEFAULT_SETTINGS, useSettings } from "@/shared/settings/settings";
import { text } from "@/shared/text";
import { IconButton } from "@/shared/ui/IconButton";
import { useHref, useView } from "@/shared/view/use-view";
import { CLOSED_PX } from "./drawer-height";
import { DrawerHandle } from "./DrawerHandle";
import { HoldSwitch } from "./HoldSwitch";
import { RowSkeletons } from "./RowSkeletons";
import { SignalsTab } from "./SignalsTab";
import { tabId, Tabs } from "./Tabs";
import { useSignalWalk } from "./use-signal-walk";

const PatternsTab = lazyPart(async () => (await import("./PatternsTab")).PatternsTab);

const words = text.signals.drawer;
const PANEL = "signals-panel";
const TABS = [
  { id: "signals", name: words.signals },
  { id: "patterns", name: words.patterns },
] as const;

function resize(drawerHeight: number): void {
  changeSettings({ drawerHeight });
}

/** A narrow screen does not obey it: there the list has a height of its own. */
function drawerStyle(heightPx: number): CSSProperties {
  const height = heightPx > CLOSED_PX ? `min(${heightPx}px, 60dvh)` : "auto";
  return { ["--drawer" as string]: height };
}

/** The newest signals and patterns, below the chart. */
export function SignalsPanel() {
  const heightPx = useSettings(({ drawerHeight }) => drawerHeight);
  const [tab, setTab] = useState<(typeof TABS)[number]["id"]>("signals");
  const [areHoldsShown, showHolds] = useState(false);
  const [{ symbol, timeframe }] = useView();
  const allHref = useHref("/signals");
  useSignalWalk();
  const isOpen = heightPx > CLOSED_PX;
  const toggle = () => resize(isOpen ? CLOSED_PX : DEFAULT_SETTINGS.drawerHeight);
  return (
    <section
      aria-label={words.region}
      data-testid="signals-panel"
      style={drawerStyle(heightPx)}
      className="relative flex flex-col rounded-card border border-line bg-surface md:h-(--drawer)"
    >
      <DrawerHandle heightPx={heightPx} onResize={resize} />
      <header className="flex items-center">
        <Tabs label={words.tabs} tabs={TABS} current={tab} onChoose={setTab} panelId={PANEL} />
        <span className="ml-auto" />
        {tab === "signals" && <HoldSwitch areShown={areHoldsShown} onShow={showHolds} />}
        <Link
          href={allHref}
          className="px-3 font-medium whitespace-nowrap text-accent hover:underline max-lg:hidden"
        >
          {words.all}
        </Link>
        <IconButton label={isOpen ? words.close : words.open} onClick={toggle}>
          <path d={isOpen ? "M4 6l4 4 4-4" : "M4 10l4-4 4 4"} />
        </IconButton>
      </header>
      <div
        id={PANEL}
        role="tabpanel"
        aria-labelledby={tabId(PANEL, tab)}
        hidden={!isOpen}
        className="relative min-h-0 flex-1 border-t border-line max-md:h-[352px] max-md:flex-none"
      >
        {isOpen && tab === "signals" && <SignalsTab areHoldsShown={areHoldsShown} />}
        {isOpen && tab === "patterns" && (
          <Suspense fallback={<RowSkeletons />}>
            <PatternsTab key={`${symbol} ${timeframe}`} />
          </Suspense>
        )}
      </div>
    </section>
  );
}
