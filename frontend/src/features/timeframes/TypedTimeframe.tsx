import { typedTimeframe } from "@/shared/market/timeframe";
import { text } from "@/shared/text";

/** What has been typed so far and what Enter would make of it. */
export function TypedTimeframe({ typed }: { readonly typed: string }) {
  const meant = typedTimeframe(typed);
  return (
    <div
      aria-hidden="true"
      className="fixed top-1/3 left-1/2 z-30 -translate-x-1/2 rounded-card border border-control bg-raised px-6 py-3 text-center"
    >
      <p className="text-price font-semibold">{typed}</p>
      <p className={meant ? "text-accent" : "text-muted"}>
        {meant ? text.timeframe.typed(meant) : text.timeframe.typedUnknown}
      </p>
    </div>
  );
}
