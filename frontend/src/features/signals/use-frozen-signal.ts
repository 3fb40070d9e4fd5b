import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { ApiError } from "@/shared/api/api-error";
import { useApis } from "@/shared/api/apis";
import { useLiveSession } from "@/shared/live/live-context";
import { useReadAgain } from "@/shared/live/use-read-again";
import type { FrozenSignal } from "@/shared/signals/signal";
import { useView } from "@/shared/view/use-view";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export interface Frozen {
  /** Undefined while it is read. */
  readonly signal: FrozenSignal | undefined;
  /** The platform knows no signal of this id, or the id can be none. */
  readonly isMissing: boolean;
  readonly error: Error | null;
  readonly retry: () => void;
}

/** One signal with all that is known of it, read again whenever something happens to it. */
export function useFrozenSignal(id: string): Frozen {
  const api = useApis().signals;
  const isId = UUID.test(id);
  const { data, error, refetch } = useQuery({
    queryKey: ["signal", id],
    queryFn: ({ signal }) => api.byId(id, signal),
    enabled: isId,
  });
  useFollowedRoom(data);
  useNewsOf(id, data?.status === "active");
  const isUnknown = error instanceof ApiError && error.status === 404;
  return {
    signal: data,
    isMissing: !isId || isUnknown,
    error: data ? null : error,
    retry: () => void refetch(),
  };
}

/** The page hears the room of the view in its address, so the address has to say the signal's. */
function useFollowedRoom(signal: FrozenSignal | undefined): void {
  const [, changeView] = useView();
  const { symbol, timeframe } = signal ?? {};
  useEffect(() => {
    if (symbol && timeframe) changeView({ symbol, timeframe }, { replace: true });
  }, [symbol, timeframe, changeView]);
}

function useNewsOf(id: string, isRunning: boolean): void {
  const session = useLiveSession();
  const readAgain = useReadAgain(useMemo(() => ["signal", id], [id]));
  useEffect(
    () =>
      session.onSignal(({ signal }) => {
        if (signal.id === id) void readAgain();
      }),
    [session, id, readAgain],
  );
  useEffect(
    () => (isRunning ? session.onClosedBars(() => void readAgain()) : undefined),
    [session, isRunning, readAgain],
  );
}
