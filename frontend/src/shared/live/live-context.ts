import { createContext, use, useEffect, useState } from "react";
import { useStore } from "zustand";
import type { MarketSymbol } from "@/shared/market/symbol";
import type { Timeframe } from "@/shared/market/timeframe";
import { judgeFeed, type FeedJudgement } from "./judge-feed";
import type { LiveSession } from "./live-session";
import type { LiveState } from "./live-store";

export const LiveContext = createContext<LiveSession | null>(null);

export function useLiveSession(): LiveSession {
  const session = use(LiveContext);
  if (!session) throw new Error("There is no live session above this component.");
  return session;
}

export function useLive<T>(select: (state: LiveState) => T): T {
  return useStore(useLiveSession().store, select);
}

const AGE_STEP_MS = 1_000;

function lookNow() {
  return { nowMs: performance.now(), isOnline: navigator.onLine };
}

/** The feed as it is to be believed now; looks again every second, so that silence counts. */
export function useFeedJudgement(): FeedJudgement {
  const connection = useLive((state) => state.connection);
  const heard = useLive((state) => state.heard);
  const [{ nowMs, isOnline }, look] = useState(lookNow);
  useEffect(() => {
    const timer = setInterval(() => look(lookNow()), AGE_STEP_MS);
    return () => clearInterval(timer);
  }, []);
  return judgeFeed(connection, heard, nowMs, isOnline);
}

/** Follows a room for as long as the component shows it. */
export function useFollow(symbol: MarketSymbol, timeframe: Timeframe): void {
  const session = useLiveSession();
  useEffect(() => session.follow({ symbol, timeframe }), [session, symbol, timeframe]);
}
