/** Scrolls the nearest box that scrolls, and nothing around it, until the row is seen in it. */
export function keepInSight(row: Element): void {
  const box = row.closest("[data-scrolls]");
  if (!box) return;
  const head = row.closest("table")?.tHead?.getBoundingClientRect().height ?? 0;
  const [seen, place] = [box.getBoundingClientRect(), row.getBoundingClientRect()];
  const above = seen.top + head - place.top;
  const below = place.bottom - seen.bottom;
  if (above > 0) box.scrollTop -= above;
  else if (below > 0) box.scrollTop += below;
}
