import { Suspense, useRef, useState } from "react";
import { useCommand } from "@/shared/commands/use-command";
import { lazyPart } from "@/shared/parts/lazy-part";
import { text } from "@/shared/text";
import { useDismissal } from "./use-dismissal";

const IndicatorsMenu = lazyPart(async () => (await import("./IndicatorsMenu")).IndicatorsMenu);

/** Which indicators the chart shows, and what they say now. */
export function IndicatorsPanel() {
  const [isOpen, setOpen] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const close = () => {
    // The focus goes back only from where it would be lost.
    if (menu.current?.contains(document.activeElement)) opener.current?.focus();
    setOpen(false);
  };
  useCommand({
    id: "indicators",
    group: "chart",
    name: text.indicators.open,
    key: "/",
    run: () => (isOpen ? close() : setOpen(true)),
  });
  useDismissal(place, isOpen, close);
  const focusFirst = () => menu.current?.querySelector("button")?.focus();
  return (
    <div ref={place} className="relative">
      <button
        ref={opener}
        type="button"
        aria-expanded={isOpen}
        aria-label={text.indicators.open}
        data-testid="indicators"
        onClick={() => (isOpen ? close() : setOpen(true))}
        className="flex size-11 items-center justify-center gap-1.5 rounded-card font-medium text-muted hover:bg-raised hover:text-text aria-expanded:bg-raised aria-expanded:text-accent md:h-8 md:w-auto md:px-2.5"
      >
        <svg
          viewBox="0 0 16 16"
          className="size-4"
          fill="none"
          stroke="currentColor"
          strokeWidth={1.5}
          strokeLinecap="round"
          aria-hidden="true"
        >
          <path d="M2 11c3 0 3-7 6-7s3 6 6 6M2 14h12" />
        </svg>
        <span className="max-lg:hidden">{text.indicators.open}</span>
      </button>
      {isOpen && (
        <div
          ref={menu}
          role="dialog"
          aria-label={text.indicators.open}
          data-testid="indicators-menu"
          className="z-30 overflow-y-auto rounded-card border border-control bg-surface p-3 max-md:fixed max-md:inset-x-2 max-md:bottom-16 max-md:max-h-[70dvh] md:absolute md:top-full md:left-0 md:mt-1 md:max-h-[80dvh] md:w-[360px]"
        >
          <Suspense>
            <IndicatorsMenu onShown={focusFirst} />
          </Suspense>
        </div>
      )}
    </div>
  );
}
