import type { QueryClient, QueryKey } from "@tanstack/react-query";

/**
 * A function that has the queries under a key read anew. What is being read at that moment may be
 * older than what it should tell: then it is read once more, and so when it is called meanwhile.
 */
export function createReadAgain(client: QueryClient, queryKey: QueryKey): () => Promise<void> {
  let isWanted = false;
  let isReading = false;
  return async () => {
    isWanted = true;
    if (isReading) return;
    isReading = true;
    while (isWanted) {
      isWanted = false;
      const isOnItsWay = client.isFetching({ queryKey }) > 0;
      await client.invalidateQueries({ queryKey }, { cancelRefetch: false });
      if (isOnItsWay) await client.invalidateQueries({ queryKey });
    }
    isReading = false;
  };
}
