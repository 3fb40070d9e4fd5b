/** Where a key leads from a bar, in a row of `count`; null leaves the row, undefined is no step. */
export function stepTo(
  key: string,
  from: number,
  count: number,
  isFar: boolean,
): number | null | undefined {
  const stride = isFar ? 10 : 1;
  const clamp = (index: number) => Math.min(Math.max(index, 0), count - 1);
  switch (key) {
    case "ArrowLeft":
      return clamp(from - stride);
    case "ArrowRight":
      return clamp(from + stride);
    case "Home":
      return 0;
    case "End":
      return count - 1;
    case "Escape":
      return null;
    default:
      return undefined;
  }
}
