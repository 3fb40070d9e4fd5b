import { useEffect, useMemo } from "react";
import { navigate, usePathname, useSearch } from "wouter/use-browser-location";
import { DEFAULT_VIEW, readView, writeView, type View } from "./view";

/** Where a change of the view goes: a step that the back button undoes, or none. */
type ChangeView = (part: Partial<View>, options?: { readonly replace?: boolean }) => void;

function changeView(part: Partial<View>, options: { readonly replace?: boolean } = {}): void {
  const search = writeView(location.search, { ...readView(location.search), ...part });
  if (search !== location.search) navigate(location.pathname + search, options);
}

/** The view in the URL, and the way to change parts of it (each change is a step back). */
export function useView(): readonly [View, ChangeView] {
  const search = useSearch();
  const view = useMemo(() => readView(search), [search]);
  return [view, changeView];
}

/** Writes the view that is shown into the address bar, without a step in the history. */
export function useSpelledOutView(): void {
  const pathname = usePathname();
  useEffect(() => changeView({}, { replace: true }), [pathname]);
}

function hrefOf(path: string, search: string): string {
  const { symbol, timeframe } = readView(search);
  return path + writeView("", { ...DEFAULT_VIEW, symbol, timeframe });
}

/** A page's address with the market and timeframe that are looked at. */
export function useHref(path: string): string {
  return hrefOf(path, useSearch());
}

/** The same, once, for what happens on a key. */
export function hrefNow(path: string): string {
  return hrefOf(path, location.search);
}
