import { Skeleton } from "@/shared/ui/Skeleton";

const ROWS = Array.from({ length: 8 }, (_, index) => index);

/** Rows of a table that is being read. */
export function RowSkeletons() {
  return (
    <div className="absolute inset-0 overflow-hidden px-3 pt-1">
      {ROWS.map((row) => (
        <div key={row} className="flex h-11 items-center md:h-7">
          <Skeleton height={14} />
        </div>
      ))}
    </div>
  );
}
