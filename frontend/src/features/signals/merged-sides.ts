import type { Signals } from "@/shared/signals/use-signals";
import type { TradeSignal } from "@/shared/signals/signal";

/** What was read of one side so far. */
export type ReadSide = Pick<Signals, "signals" | "hasMore">;

/** Where the reading stopped; nothing is missing after it. */
function knownSinceMs({ signals, hasMore }: ReadSide): number {
  return hasMore ? (signals?.at(-1)?.openMs ?? Infinity) : -Infinity;
}

/** All sides in one list, newest first, as far back as each of them is known. */
export function mergedSides(sides: readonly ReadSide[]): readonly TradeSignal[] {
  const knownMs = Math.max(...sides.map(knownSinceMs));
  return sides
    .flatMap(({ signals }) => signals ?? [])
    .filter(({ openMs }) => openMs >= knownMs)
    .toSorted((a, b) => b.openMs - a.openMs);
}

/** The side whose older signals are missing first: reading on there makes the list longer. */
export function sideToReadOn<Side extends ReadSide>(sides: readonly Side[]): Side | undefined {
  return sides
    .filter(({ hasMore }) => hasMore)
    .toSorted((a, b) => knownSinceMs(b) - knownSinceMs(a))
    .at(0);
}

/** Lists that were read apart, as one of them. */
export function inOneList(sides: readonly Signals[]): Signals {
  const isRead = sides.every(({ signals }) => signals !== undefined);
  const next = sideToReadOn(sides);
  return {
    signals: isRead ? mergedSides(sides) : undefined,
    error: sides.find(({ error }) => error !== null)?.error ?? null,
    retry: () => sides.forEach(({ error, retry }) => error && retry()),
    hasMore: next !== undefined,
    readMore: () => next?.readMore(),
    isReadingMore: sides.some(({ isReadingMore }) => isReadingMore),
  };
}
