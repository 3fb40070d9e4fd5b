import { useEffect, useRef } from "react";
import { usePathname } from "wouter/use-browser-location";

/** Whether the last step in the history went back or forward, which keeps its place by itself. */
function useIsReturn(): { readonly current: boolean } {
  const isReturn = useRef(false);
  useEffect(() => {
    const goOn = () => (isReturn.current = false);
    const goBack = () => (isReturn.current = true);
    // wouter tells of its own steps by this event.
    window.addEventListener("pushState", goOn);
    window.addEventListener("popstate", goBack);
    return () => {
      window.removeEventListener("pushState", goOn);
      window.removeEventListener("popstate", goBack);
    };
  }, []);
  return isReturn;
}

/** On another page the focus goes to its heading and a new visit begins at its top. */
export function useArrival(): void {
  const pathname = usePathname();
  const before = useRef(pathname);
  const isReturn = useIsReturn();
  useEffect(() => {
    if (before.current === pathname) return;
    before.current = pathname;
    document.querySelector<HTMLElement>("h1")?.focus({ preventScroll: true });
    if (!isReturn.current) scrollTo(0, 0);
  }, [pathname, isReturn]);
}
