import { Suspense, type ReactNode } from "react";
import { Link } from "wouter";
import { PaletteButton } from "@/features/command-palette/PaletteButton";
import { FeedState } from "@/features/feed-state/FeedState";
import { ThemeToggle } from "@/features/theme-toggle/ThemeToggle";
import { useFollow } from "@/shared/live/live-context";
import { useLiveSignals } from "@/shared/signals/use-signals";
import { text } from "@/shared/text";
import { Skeleton } from "@/shared/ui/Skeleton";
import { useHref, useView } from "@/shared/view/use-view";
import { CrashBoundary } from "./CrashBoundary";
import { Navigation } from "./Navigation";
import { CONTENT_ID } from "./SkipLink";

/** Of what is on its way: a page is about as high as a screen. */
const PAGE_HEIGHT = 640;

interface PageProps {
  readonly title: string;
  readonly children: ReactNode;
}

/** The frame of every page but the workspace: navigation, feed state and a title. */
export function Page({ title, children }: PageProps) {
  const [{ symbol, timeframe }] = useView();
  useFollow(symbol, timeframe);
  useLiveSignals();
  return (
    <div className="page mx-auto min-h-dvh max-w-6xl">
      <title>{text.nav.pageTitle(title)}</title>
      <header className="flex h-12 items-center justify-between gap-4">
        <Link
          href={useHref("/")}
          className="grid h-11 items-center text-heading font-semibold md:h-8"
        >
          {text.productName}
        </Link>
        <div className="flex items-center gap-1">
          <Navigation />
          {/* On a narrow screen the sheet "More" leads to it. */}
          <div className="hidden md:block">
            <PaletteButton />
          </div>
          <ThemeToggle />
        </div>
      </header>
      <FeedState />
      <main id={CONTENT_ID} tabIndex={-1} className="outline-none">
        <h1 tabIndex={-1} className="my-4 text-page font-semibold outline-none">
          {title}
        </h1>
        <div className="relative min-h-80">
          <CrashBoundary>
            <Suspense fallback={<Skeleton height={PAGE_HEIGHT} />}>{children}</Suspense>
          </CrashBoundary>
        </div>
      </main>
    </div>
  );
}
