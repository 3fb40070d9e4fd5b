import { useQuery } from "@tanstack/react-query";
import { useApis } from "@/shared/api/apis";
import type { Origin } from "@/shared/api/performance-api";
import type { Scorecard } from "@/shared/api/signals-api";
import type { MarketSymbol } from "@/shared/market/symbol";
import type { Timeframe } from "@/shared/market/timeframe";
import type { Scope } from "./scope";

const REFRESH_MS = 60_000;

/** Both origins since ever, side by side; undefined until it was read. */
export function useScorecard(symbol: MarketSymbol, timeframe: Timeframe): Scorecard | undefined {
  const api = useApis().signals;
  const { data } = useQuery({
    queryKey: ["results", "scorecard", symbol, timeframe],
    queryFn: ({ signal }) => api.scorecard(symbol, timeframe, signal),
    staleTime: REFRESH_MS,
  });
  return data;
}

/** What the scorecard counted for exactly this scope; undefined where it counted something else. */
export function scoredAlike(
  scorecard: Scorecard | undefined,
  { origin, engineVersion, since }: Scope,
): Scorecard[Origin] | undefined {
  const isAlike =
    since === null &&
    (engineVersion === null ||
      (origin === "historical" && engineVersion === scorecard?.engineVersion));
  return isAlike ? scorecard?.[origin] : undefined;
}
