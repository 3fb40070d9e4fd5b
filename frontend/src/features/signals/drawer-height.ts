/** Shorter than this no row is readable: it closes instead. */
export const SHORTEST_PX = 96;
export const CLOSED_PX = 0;
export const STEP_PX = 24;

/** The chart above keeps at least this part of the window. */
const LARGEST_SHARE = 0.6;

export function tallestPx(windowHeightPx: number): number {
  return Math.max(SHORTEST_PX, Math.round(windowHeightPx * LARGEST_SHARE));
}

/** The height nearest to the wanted one; closed where that is under half of the shortest. */
export function fittingHeight(wantedPx: number, windowHeightPx: number): number {
  if (wantedPx < SHORTEST_PX / 2) return CLOSED_PX;
  return Math.round(Math.min(Math.max(wantedPx, SHORTEST_PX), tallestPx(windowHeightPx)));
}

/** What a key on the handle asks for; null for keys that mean nothing there. */
export function heightAfterKey(
  key: string,
  heightPx: number,
  windowHeightPx: number,
): number | null {
  if (key === "Home") return CLOSED_PX;
  if (key === "End") return tallestPx(windowHeightPx);
  if (key === "ArrowUp") {
    return fittingHeight(Math.max(heightPx + STEP_PX, SHORTEST_PX), windowHeightPx);
  }
  if (key !== "ArrowDown") return null;
  return heightPx <= SHORTEST_PX ? CLOSED_PX : fittingHeight(heightPx - STEP_PX, windowHeightPx);
}
