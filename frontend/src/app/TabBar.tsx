import type { ReactNode } from "react";
import { Link, useLocation } from "wouter";
import { text } from "@/shared/text";
import { useHref } from "@/shared/view/use-view";
import { isAt, PAGES } from "./pages";

const DRAWINGS: Readonly<Record<(typeof PAGES)[number]["path"], ReactNode>> = {
  "/": <path d="M4 3v10M4 5.5h0M8 5v8M12 2v8M2.5 6h3v4h-3zM6.5 7h3v3h-3zM10.5 4h3v3h-3z" />,
  "/signals": <path d="M3 4h10M3 8h10M3 12h6" />,
  "/performance": <path d="M2 13l4-5 3 3 5-8" />,
  "/status": <path d="M1.5 8h3l2-5 3 10 2-5h3" />,
  "/settings": <path d="M3 4h6M12 4h1M3 12h1M7 12h6M10.5 2.5v3M5.5 10.5v3M3 8h10" />,
};

/** The pages at a thumb's reach, on narrow screens. */
export function TabBar() {
  return (
    <nav
      aria-label={text.nav.region}
      className="fixed inset-x-0 bottom-0 z-20 flex h-14 border-t border-line bg-surface md:hidden"
    >
      {PAGES.map((page) => (
        <Tab key={page.path} {...page} />
      ))}
    </nav>
  );
}

function Tab({ path, name }: (typeof PAGES)[number]) {
  const [location] = useLocation();
  return (
    <Link
      href={useHref(path)}
      aria-current={isAt(path, location) ? "page" : undefined}
      className="flex flex-1 flex-col items-center justify-center gap-0.5 text-caps font-medium text-muted aria-[current]:text-accent"
    >
      <svg
        viewBox="0 0 16 16"
        className="size-5"
        fill="none"
        stroke="currentColor"
        strokeWidth={1.3}
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
      >
        {DRAWINGS[path]}
      </svg>
      {name}
    </Link>
  );
}
