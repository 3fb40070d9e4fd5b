import type { Origin } from "@/shared/api/performance-api";
import type { Scorecard } from "@/shared/api/signals-api";

type Group = Scorecard["live"];

export type Score = Group["total"];

export type Baselines = NonNullable<Group["baselines"]>;

/** Of one origin: what became of the signals of one side, and of both against the baselines. */
export interface TrackColumn {
  readonly origin: Origin;
  /** Of the side that is asked about; of both for a HOLD. */
  readonly ofSide: Score;
  readonly ofBoth: Score;
  /** Of both sides: random entries are drawn as often on each side as signals were. */
  readonly baselines: Baselines | null;
}

function sideIn(group: Group, side: 1 | 0 | -1): Score {
  return side === 1 ? group.buy : side === -1 ? group.sell : group.total;
}

/** Rebuilt and live signals, never mixed. */
export function trackColumns(scorecard: Scorecard, side: 1 | 0 | -1): readonly TrackColumn[] {
  return (["historical", "live"] as const).map((origin) => {
    const group = scorecard[origin];
    return {
      origin,
      ofSide: sideIn(group, side),
      ofBoth: group.total,
      baselines: group.baselines,
    };
  });
}
