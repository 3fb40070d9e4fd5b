import { useMemo, useSyncExternalStore } from "react";
import { readView, writeView, type View } from "./view";

const CHANGED = "viewchange";

function subscribe(onChange: () => void): () => void {
  window.addEventListener("popstate", onChange);
  window.addEventListener(CHANGED, onChange);
  return () => {
    window.removeEventListener("popstate", onChange);
    window.removeEventListener(CHANGED, onChange);
  };
}

function changeView(part: Partial<View>): void {
  const search = writeView(location.search, { ...readView(location.search), ...part });
  if (search === location.search) return;
  history.pushState(null, "", search);
  window.dispatchEvent(new Event(CHANGED));
}

/** Writes the view that is shown into the address bar, without a step in the history. */
export function spellOutView(): void {
  history.replaceState(null, "", writeView(location.search, readView(location.search)));
}

/** The view in the URL, and the way to change parts of it (each change is a step back). */
export function useView(): readonly [View, (part: Partial<View>) => void] {
  const search = useSyncExternalStore(subscribe, () => location.search);
  const view = useMemo(() => readView(search), [search]);
  return [view, changeView];
}
