import { text } from "@/shared/text";
import type { Mark } from "./marks";

/** What is marked at the bar under the crosshair, in words. */
export function MarkLine({ marks }: { readonly marks: readonly Mark[] }) {
  if (marks.length === 0) return null;
  return (
    <ul
      aria-label={text.chart.mark.region}
      data-testid="marks"
      className="w-fit rounded-sm bg-surface/90 px-1"
    >
      {marks.map(({ id, words }) => (
        <li key={id}>{words}</li>
      ))}
    </ul>
  );
}
