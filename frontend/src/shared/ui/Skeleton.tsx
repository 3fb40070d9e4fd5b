/** A place of the final size for what is being read; what comes within a blink never flashes it. */
export function Skeleton({ height }: { readonly height: number }) {
  return (
    <div
      aria-hidden="true"
      className="appear-late pulse w-full rounded-sm bg-raised"
      style={{ height }}
    />
  );
}
