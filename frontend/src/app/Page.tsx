import type { ReactNode } from "react";
import { Link } from "wouter";
import { FeedState } from "@/features/feed-state/FeedState";
import { ThemeToggle } from "@/features/theme-toggle/ThemeToggle";
import { useFollow } from "@/shared/live/live-context";
import { useLiveSignals } from "@/shared/signals/use-signals";
import { text } from "@/shared/text";
import { useHref, useView } from "@/shared/view/use-view";
import { Navigation } from "./Navigation";

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
    <div className="mx-auto min-h-dvh max-w-6xl px-3 pb-20 md:px-4 md:pb-8">
      <title>{text.nav.pageTitle(title)}</title>
      <header className="flex h-12 items-center justify-between gap-4">
        <Link href={useHref("/")} className="text-heading font-semibold">
          {text.productName}
        </Link>
        <div className="flex items-center gap-1">
          <Navigation />
          <ThemeToggle />
        </div>
      </header>
      <FeedState />
      <main id="content" tabIndex={-1} className="outline-none">
        <h1 className="my-4 text-page font-semibold">{title}</h1>
        {children}
      </main>
    </div>
  );
}
