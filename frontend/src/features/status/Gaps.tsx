import type { Schema } from "@/shared/api/contract";
import { times } from "@/shared/format/times";
import { text } from "@/shared/text";
import { barCount } from "./judge-status";

interface GapsProps {
  readonly summary: string;
  readonly gaps: readonly Schema<"MissingBars">[];
}

/** How much is missing and, opened, from when until when: the newest few. */
export function Gaps({ summary, gaps }: GapsProps) {
  return (
    <details>
      <summary className="min-h-11 cursor-pointer content-center md:min-h-5">{summary}</summary>
      <ul className="text-axis text-muted">
        {gaps.map(({ fromMs, untilMs, bars }) => (
          <li key={fromMs}>
            {text.status.series.stretch(
              times.moment(fromMs),
              times.moment(untilMs),
              barCount(bars),
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}
