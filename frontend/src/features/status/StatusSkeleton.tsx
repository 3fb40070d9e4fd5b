import { text } from "@/shared/text";
import { Skeleton } from "@/shared/ui/Skeleton";

/** Heights of the page's cards with seven services, one market's seven series and their jobs. */
const WIDE_CARDS = [310, 310, 385, 310, 620];

/** The places of what is being read. */
export function StatusSkeleton() {
  return (
    <div role="status" className="grid grid-cols-1 gap-3">
      <span className="sr-only">{text.status.loading}</span>
      <div className="grid gap-3 md:grid-cols-2">
        <Skeleton height={210} />
        <Skeleton height={210} />
      </div>
      {WIDE_CARDS.map((height, index) => (
        <Skeleton key={index} height={height} />
      ))}
    </div>
  );
}
