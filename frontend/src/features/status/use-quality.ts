import { useQueries } from "@tanstack/react-query";
import { useApis } from "@/shared/api/apis";
import type { Quality } from "@/shared/api/market-api";
import type { PlatformStatus } from "@/shared/api/status-api";

/** The server counts no more often than that either. */
const ASK_EVERY_MS = 10_000;

export interface QualityAnswers {
  /** A report for each market; null until all were read. */
  readonly reports: readonly Quality[] | null;
  /** Nobody tells of one of them, or which markets there are. */
  readonly isAway: boolean;
}

export function marketsOf({ series }: Pick<PlatformStatus, "series">): readonly string[] {
  return [...new Set(series.map(({ symbol }) => symbol))];
}

/** How whole the candles of these markets are, asked every so often. */
export function useQuality(symbols: readonly string[]): QualityAnswers {
  const api = useApis().market;
  return useQueries({
    queries: symbols.map((symbol) => ({
      queryKey: ["quality", symbol],
      queryFn: ({ signal }: { signal: AbortSignal }) => api.quality(symbol, signal),
      staleTime: ASK_EVERY_MS,
      refetchInterval: ASK_EVERY_MS,
    })),
    combine: (answers) => {
      const reports = answers.flatMap(({ data }) => (data ? [data] : []));
      return {
        reports: reports.length > 0 && reports.length === answers.length ? reports : null,
        isAway: answers.length === 0 || answers.some(({ isError }) => isError),
      };
    },
  });
}
