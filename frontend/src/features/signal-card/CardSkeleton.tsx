import { Skeleton } from "@/shared/ui/Skeleton";

/** Head, levels, evidence, track record, calibration. */
const FULL = [52, 200, 400, 280, 260];
const COMPACT = [52, 40, 44];

/** The card's parts in their final sizes. */
export function CardSkeleton({ isNarrow }: { readonly isNarrow: boolean }) {
  return (
    <div className="flex flex-col gap-4" data-testid="signal-card-skeleton">
      {(isNarrow ? COMPACT : FULL).map((height) => (
        <Skeleton key={height} height={height} />
      ))}
    </div>
  );
}
