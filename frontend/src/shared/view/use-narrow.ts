import { useSyncExternalStore } from "react";

/** As wide as a phone: where Tailwind's `md` does not yet hold. */
const NARROW = "(max-width: 767.98px)";

function isNarrow(): boolean {
  return matchMedia(NARROW).matches;
}

function subscribe(onChange: () => void): () => void {
  const screen = matchMedia(NARROW);
  screen.addEventListener("change", onChange);
  return () => screen.removeEventListener("change", onChange);
}

/** Whether the page is as narrow as a phone's. */
export function useIsNarrow(): boolean {
  return useSyncExternalStore(subscribe, isNarrow);
}
