import { barTimeInZone } from "@/shared/market/bar-time";
import { sideOf } from "@/shared/signals/signal";
import { text } from "@/shared/text";
import type { LatestDecision } from "./use-latest-decisions";

interface TimeframeHeadProps {
  readonly latest: LatestDecision;
  readonly isShown: boolean;
  readonly onChoose: () => void;
}

const COLOURS = { 1: "text-up", [-1]: "text-down", 0: "text-neutral" } as const;

/** A timeframe and its decision; pressing it shows that timeframe. */
export function TimeframeHead({ latest, isShown, onChoose }: TimeframeHeadProps) {
  const { timeframe, decision } = latest;
  return (
    <th scope="col" className="font-normal">
      <button
        type="button"
        aria-pressed={isShown}
        aria-label={nameOf(latest)}
        title={nameOf(latest)}
        onClick={onChoose}
        className="flex h-11 w-full flex-col items-center justify-center rounded-sm text-axis text-muted hover:bg-raised aria-pressed:bg-raised aria-pressed:font-semibold aria-pressed:text-accent"
      >
        {timeframe}
        <span aria-hidden="true" className={decision ? COLOURS[sideOf(decision)] : ""}>
          {decision ? text.signal.glyph(decision.type) : text.none}
        </span>
      </button>
    </th>
  );
}

function nameOf({ timeframe, decision, error }: LatestDecision): string {
  const words = text.confluence;
  if (!decision) return error ? words.unread(timeframe) : words.undecided(timeframe);
  const at = barTimeInZone(decision.openMs, timeframe);
  return words.decided(timeframe, text.signal.side(decision.type), at);
}
