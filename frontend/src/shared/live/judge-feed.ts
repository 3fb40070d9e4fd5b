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

/** Reports come every second: a silence this long says that whoever reports is in trouble. */
const DELAYED_AFTER_MS = 10_000;
const STALE_AFTER_MS = 30_000;

const DOUBTFUL: readonly FeedCondition[] = ["stale", "offline", "unknown", "reconnecting"];

function afterSilence(state: FeedReport["state"], silenceMs: number): FeedReport["state"] {
  if (state !== "live" && state !== "delayed") return state;
  if (silenceMs > STALE_AFTER_MS) return "stale";
  return silenceMs > DELAYED_AFTER_MS ? "delayed" : state;
}

/** What to believe of the feed. `nowMs` and `heardAtMs` come from the same wall clock. */
export function judgeFeed(
  connection: Connection,
  heard: HeardReport | null,
  nowMs: number,
): FeedJudgement {
  if (!heard || connection === "connecting") {
    const condition = connection === "reconnecting" ? "reconnecting" : "connecting";
    return { condition, ageMs: null, isDoubtful: condition === "reconnecting" };
  }
  const silenceMs = Math.max(0, nowMs - heard.heardAtMs);
  const { state, ageMs } = heard.report;
  const condition = connection === "connected" ? afterSilence(state, silenceMs) : connection;
  return {
    condition,
    ageMs: ageMs === null ? null : ageMs + silenceMs,
    isDoubtful: DOUBTFUL.includes(condition),
  };
}
