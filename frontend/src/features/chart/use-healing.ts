import { useEffect } from "react";
import { useLiveSession } from "@/shared/live/live-context";
import type { SeriesKeeper } from "./series-keeper";

/** Has the keeper take in what closes and read again what may have been missed. */
export function useHealing(keeper: SeriesKeeper): void {
  const session = useLiveSession();
  useEffect(() => session.onClosedBars((bars) => keeper.takeClosed(bars)), [session, keeper]);
  useEffect(() => {
    void keeper.heal();
    return session.onMissed(() => void keeper.heal());
  }, [session, keeper]);
}
