import type { Bar } from "@/shared/market/bar";
import { indexAt } from "./bar-series";

/**
 * How the drawing follows the data: bars from an index on are new or changed, or everything is
 * drawn anew and what was at an old index stands `shift` places further right.
 */
export type Redraw =
  | { readonly kind: "none" }
  | { readonly kind: "tail"; readonly from: number }
  | { readonly kind: "all"; readonly shift: number };

function firstDifference(before: readonly Bar[], after: readonly Bar[]): number {
  const shared = Math.min(before.length, after.length);
  for (let index = 0; index < shared; index += 1) {
    if (before[index] !== after[index]) return index;
  }
  return shared;
}

/** `anchor` is the index in `before` of the bar that should not move on screen. */
export function planRedraw(before: readonly Bar[], after: readonly Bar[], anchor: number): Redraw {
  if (before === after) return { kind: "none" };
  const from = firstDifference(before, after);
  if (from === before.length && from === after.length) return { kind: "none" };
  const last = before.length - 1;
  const isTail =
    before.length > 0 &&
    (from > last || (from === last && before[last]?.openMs === after[last]?.openMs));
  if (isTail && after.length >= before.length) return { kind: "tail", from };
  const stays = before[Math.min(Math.max(anchor, 0), last)];
  return { kind: "all", shift: stays ? indexAt(after, stays.openMs) - before.indexOf(stays) : 0 };
}
