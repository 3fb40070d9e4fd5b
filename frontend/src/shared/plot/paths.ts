/** Pixels, ascending in x. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

function spot({ x, y }: Point): string {
  return `${x.toFixed(1)} ${y.toFixed(1)}`;
}

/** Straight from point to point. */
export function linePath(points: readonly Point[]): string {
  return points.map((point, index) => `${index === 0 ? "M" : "L"}${spot(point)}`).join("");
}

/** Each value stands until the next one. */
export function stepPath(points: readonly Point[]): string {
  return points
    .map(({ x, y }, index) =>
      index === 0 ? `M${spot({ x, y })}` : `H${x.toFixed(1)}V${y.toFixed(1)}`,
    )
    .join("");
}

/** The area between two lines. */
export function bandPath(upper: readonly Point[], lower: readonly Point[]): string {
  if (upper.length === 0) return "";
  return `${linePath(upper)}${linePath(lower.toReversed()).replace("M", "L")}Z`;
}
