import { navigate } from "wouter/use-browser-location";
import { hrefNow } from "@/shared/view/use-view";

/** The part of the workspace that says what the signal is and whether to believe it. */
export const SIGNAL_ID = "signal";

/** Brings the signal into sight, from whichever page. */
export function showSignal(): void {
  if (location.pathname !== "/") navigate(hrefNow("/"));
  requestAnimationFrame(() => {
    const place = document.getElementById(SIGNAL_ID);
    place?.scrollIntoView({ block: "start" });
    place?.focus({ preventScroll: true });
  });
}
