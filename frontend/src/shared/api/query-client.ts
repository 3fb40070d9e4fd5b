import { QueryClient } from "@tanstack/react-query";
import { ApiError } from "./api-error";

const RETRIES = 2;

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        retry: (failures, error) =>
          error instanceof ApiError && error.isTransient && failures < RETRIES,
        retryDelay: (failures) => 500 * 2 ** failures,
        // The platform is usually on this very machine: a browser without internet reaches it too.
        networkMode: "always",
        refetchOnWindowFocus: false,
        // Comparing thousands of bars at every close would cost more than drawing them.
        structuralSharing: false,
        staleTime: Infinity,
      },
      mutations: { networkMode: "always" },
    },
  });
}
