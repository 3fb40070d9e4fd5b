import { useQueryClient, type QueryKey } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { useLiveSession } from "./live-context";
import { createReadAgain } from "./read-again";

/**
 * Has the queries under a key read anew whenever something may have been missed, and whenever the
 * returned function is called. The key has to stay the same object.
 */
export function useReadAgain(queryKey: QueryKey): () => Promise<void> {
  const session = useLiveSession();
  const client = useQueryClient();
  const readAgain = useMemo(() => createReadAgain(client, queryKey), [client, queryKey]);
  useEffect(() => session.onMissed(() => void readAgain()), [session, readAgain]);
  return readAgain;
}
