import { useEffect, useRef, useState } from "react";

/** Four updates a second: as fast as digits can be read. */
export const READABLE_PACE_MS = 250;

/** The value, let through at most once every `paceMs`; the last one always arrives. */
export function usePaced<T>(value: T, paceMs: number = READABLE_PACE_MS): T {
  const [shown, setShown] = useState(value);
  const shownAtMs = useRef(-Infinity);
  useEffect(() => {
    const show = () => {
      shownAtMs.current = performance.now();
      setShown(value);
    };
    const waitMs = Math.max(0, shownAtMs.current + paceMs - performance.now());
    const timer = setTimeout(show, waitMs);
    return () => clearTimeout(timer);
  }, [value, paceMs]);
  return shown;
}
