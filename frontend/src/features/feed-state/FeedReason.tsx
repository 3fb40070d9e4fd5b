import { useQueryClient } from "@tanstack/react-query";
import { useLiveSession } from "@/shared/live/live-context";
import { text } from "@/shared/text";

interface FeedReasonProps {
  readonly reason: string;
  readonly isDoubtful: boolean;
}

/** Why the feed is not as it should be and, where the price is in doubt, a way to try at once. */
export function FeedReason({ reason, isDoubtful }: FeedReasonProps) {
  const session = useLiveSession();
  const client = useQueryClient();
  const retry = () => {
    session.retry();
    for (const what of ["price", "status"]) void client.invalidateQueries({ queryKey: [what] });
  };
  return (
    <>
      <p className="line-clamp-2 leading-[14px] whitespace-normal text-text">{reason}</p>
      {isDoubtful && (
        // The line is too low for a finger: what can be pressed reaches beyond it.
        <button
          type="button"
          onClick={retry}
          className="relative font-medium text-accent underline after:absolute after:-inset-x-2 after:-inset-y-3 md:after:-inset-y-1"
        >
          {text.feed.retry}
        </button>
      )}
    </>
  );
}
