import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { useApis } from "@/shared/api/apis";
import type { PlatformStatus } from "@/shared/api/status-api";

/** How the platform is, asked every so often while the page is looked at, and on coming back to it. */
export function usePlatformStatus(everyMs: number): UseQueryResult<PlatformStatus> {
  const api = useApis().status;
  return useQuery({
    queryKey: ["status"],
    queryFn: ({ signal }) => api.platform(signal),
    staleTime: everyMs,
    refetchInterval: everyMs,
    refetchOnWindowFocus: true,
  });
}
