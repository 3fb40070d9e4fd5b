import type { FeedReport } from "@/shared/api/contract";

/** To the platform, not to the exchange. */
export type Connection = "connecting" | "connected" | "reconnecting";

export interface HeardReport {
  readonly report: FeedReport;
  readonly heardAtMs: number;
}

export type FeedCondition = FeedReport["state"] | Exclude<Connection, "connected">;

export interface FeedJudgement {
  readonly condition: FeedCondition;
  /** Wall milliseconds since the exchange's last event; null when nobody knows. */
  readonly ageMs: number | null;
  /** Whether the price on screen may no longer be the market's. */
  readonly isDoubtful: boolean;
}

/** The gateway reports every second whatever the exchange does: so long a silence is the platform's. */
const SILENT_AFTER_MS = 10_000;
/** Without a network a platform on the same machine still reports: only its silence tells a loss. */
const SILENT_OFFLINE_AFTER_MS = 2_000;

const DOUBTFUL: readonly FeedCondition[] = ["stale", "offline", "unknown", "reconnecting"];

/**
 * What to believe of the feed. `nowMs` and `heardAtMs` come from the same wall clock; `isOnline` is
 * whether the browser has a network.
 */
export function judgeFeed(
  connection: Connection,
  heard: HeardReport | null,
  nowMs: number,
  isOnline = true,
): FeedJudgement {
  if (!heard || connection === "connecting") {
    const condition = connection === "reconnecting" ? "reconnecting" : "connecting";
    return { condition, ageMs: null, isDoubtful: condition === "reconnecting" };
  }
  const silenceMs = Math.max(0, nowMs - heard.heardAtMs);
  const { state, ageMs } = heard.report;
  const isSilent = silenceMs > (isOnline ? SILENT_AFTER_MS : SILENT_OFFLINE_AFTER_MS);
  const condition = isSilent || connection === "reconnecting" ? "reconnecting" : state;
  return {
    condition,
    ageMs: ageMs === null ? null : ageMs + silenceMs,
    isDoubtful: DOUBTFUL.includes(condition),
  };
}
