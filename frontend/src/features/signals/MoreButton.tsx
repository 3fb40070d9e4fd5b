import type { Signals } from "@/shared/signals/use-signals";
import { text } from "@/shared/text";
import { Button } from "@/shared/ui/Button";

/** The way to older signals, where there are any. */
export function MoreButton({ list }: { readonly list: Signals }) {
  if (!list.hasMore) return null;
  return (
    <div className="p-2 text-center">
      <Button onClick={list.readMore}>
        {list.isReadingMore ? text.signals.loadingMore : text.signals.more}
      </Button>
    </div>
  );
}
