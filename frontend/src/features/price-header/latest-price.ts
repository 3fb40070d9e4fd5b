import type { PriceTick } from "@/shared/api/contract";

/** The newer of what was read and what was pushed, with the day's figures of either. */
export function latestPrice(
  read: PriceTick | undefined,
  pushed: PriceTick | null,
): PriceTick | null {
  if (!read || !pushed) return pushed ?? read ?? null;
  return pushed.timestamp >= read.timestamp ? { ...read, ...pushed } : { ...pushed, ...read };
}
