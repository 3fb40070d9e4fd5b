import { Suspense, useState, type ReactNode } from "react";
import { Link, useLocation } from "wouter";
import { lazyPart } from "@/shared/parts/lazy-part";
import { text } from "@/shared/text";
import { useHref } from "@/shared/view/use-view";
import { isAt } from "./pages";
import { showSignal } from "./show-signal";

const MoreSheet = lazyPart(async () => (await import("./MoreSheet")).MoreSheet);

const CANDLES = "M4 3v10M8 5v8M12 2v8M2.5 6h3v4h-3zM6.5 7h3v3h-3zM10.5 4h3v3h-3z";
const CARD = "M2.5 3h11v10h-11zM5 10V8M8 10V5.5M11 10V7";
const LIST = "M3 4h10M3 8h10M3 12h6";
const DOTS = "M3.5 8h.01M8 8h.01M12.5 8h.01";

const TAB =
  "flex flex-1 flex-col items-center justify-center gap-0.5 text-caps font-medium text-muted aria-[current]:text-accent";

/** What is used most at a thumb's reach, on narrow screens. */
export function TabBar() {
  const [location] = useLocation();
  const [isMoreOpen, setMoreOpen] = useState(false);
  const isElsewhere = !isAt("/", location) && !isAt("/signals", location);
  return (
    <>
      <nav
        aria-label={text.nav.region}
        className="fixed inset-x-0 bottom-0 z-20 flex border-t border-line bg-surface px-[env(safe-area-inset-left)] pb-[env(safe-area-inset-bottom)] *:h-14 md:hidden"
      >
        <PageTab path="/" drawing={CANDLES}>
          {text.nav.workspace}
        </PageTab>
        <button type="button" onClick={showSignal} className={TAB}>
          <Drawing path={CARD} />
          {text.nav.signal}
        </button>
        <PageTab path="/signals" drawing={LIST}>
          {text.nav.history}
        </PageTab>
        <button
          type="button"
          aria-haspopup="dialog"
          aria-current={isElsewhere ? "true" : undefined}
          onClick={() => setMoreOpen(true)}
          className={TAB}
        >
          <Drawing path={DOTS} />
          {text.nav.more}
        </button>
      </nav>
      {isMoreOpen && (
        <Suspense>
          <MoreSheet onClose={() => setMoreOpen(false)} />
        </Suspense>
      )}
    </>
  );
}

interface PageTabProps {
  readonly path: string;
  readonly drawing: string;
  readonly children: ReactNode;
}

function PageTab({ path, drawing, children }: PageTabProps) {
  const [location] = useLocation();
  return (
    <Link
      href={useHref(path)}
      aria-current={isAt(path, location) ? "page" : undefined}
      className={TAB}
    >
      <Drawing path={drawing} />
      {children}
    </Link>
  );
}

function Drawing({ path }: { readonly path: string }) {
  return (
    <svg
      viewBox="0 0 16 16"
      className="size-5"
      fill="none"
      stroke="currentColor"
      strokeWidth={path === DOTS ? 2.2 : 1.3}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={path} />
    </svg>
  );
}
