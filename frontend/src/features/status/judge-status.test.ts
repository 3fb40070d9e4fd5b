import { describe, expect, test } from "vitest";
import type { PlatformStatus } from "@/shared/api/status-api";
import { findingsOf } from "./judge-status";
import { gap, job, model, platformStatus, series, service } from "@/shared/status/status-builder";

function sentences(changes: Partial<PlatformStatus>): readonly string[] {
  return findingsOf(platformStatus(changes)).map(({ severity, sentence }) => {
    return `${severity}: ${sentence}`;
  });
}

const FEED = platformStatus().feed;
const { candles, decisions } = series();

describe("findings", () => {
  test("of a platform where all is well there are none", () => {
    expect(sentences({})).toEqual([]);
  });

  test("a feed is in doubt, late or of a state nobody knows here", () => {
    expect(sentences({ feed: { ...FEED, state: "stale" } })).toEqual([
      "trouble: The feed is stale.",
    ]);
    expect(sentences({ feed: { ...FEED, state: "delayed" } })).toEqual([
      "notice: The feed is delayed.",
    ]);
    const unknown = { ...FEED, state: "resting" } as unknown as typeof FEED;
    expect(sentences({ feed: unknown })).toEqual(["notice: The feed is resting."]);
  });

  test("a service does not answer, or says what it waits for", () => {
    const checks = { database: "ok", feed: "connecting to the exchange" };
    const services = [
      service({ name: "ml", state: "unreachable", checks: {} }),
      service({ name: "signals", state: "not_ready", checks }),
    ];
    expect(sentences({ services })).toEqual([
      "trouble: ml does not answer.",
      "trouble: signals is not ready: feed: connecting to the exchange.",
    ]);
  });

  test("a service in a state that nobody knows here is worth knowing, and no trouble", () => {
    const resting = service({ state: "resting" as "ready" });
    expect(sentences({ services: [resting] })).toEqual(["notice: market says: resting."]);
  });

  test("holes, unread history and waiting bars pass by themselves", () => {
    const behind = series({
      candles: candles && {
        ...candles,
        holes: { bars: 2, newest: [gap()] },
        history: { fromMs: 0, remaining: null, done: false },
      },
      decisions: decisions && { ...decisions, undecided: 3, waitingFor: "a hole" },
    });
    expect(sentences({ series: [behind] })).toEqual([
      "notice: ETH/USDT 1h: 2 bars missing, being fetched.",
      "notice: ETH/USDT 1h: older history is still being fetched.",
      "notice: ETH/USDT 1h: 3 bars without a decision yet: a hole.",
    ]);
  });

  test("one bar on its way to its decision is not behind", () => {
    expect(
      sentences({ series: [series({ decisions: decisions && { ...decisions, undecided: 1 } })] }),
    ).toEqual([]);
  });

  test("a model may be degraded, drifting or unreadable; having none is no fault", () => {
    const drift = { bars: 250, psi: 0.4, usualPsi: 0.2, extent: "large", isUnusual: true } as const;
    const models = [
      model({ timeframe: "1m", modelId: null, abstainsFor: "no_model" }),
      model({ timeframe: "5m", degraded: true, degradedReason: "worse than the prior" }),
      model({ timeframe: "15m", drift }),
      model({ timeframe: "1d", abstainsFor: "model_unreadable" }),
    ];
    expect(sentences({ models })).toEqual([
      "trouble: ETH/USDT 1d: the model cannot be read, signals are rules only.",
      "notice: ETH/USDT 5m: the model is degraded: worse than the prior.",
      "notice: ETH/USDT 15m: what the model sees is unusual for it.",
    ]);
  });

  test("a job that failed says how often and why", () => {
    const failed = job({ lastState: "failed", lastError: "market is away", failuresInARow: 2 });
    expect(sentences({ jobs: [failed] })).toEqual([
      "trouble: collect-1m failed 2 times in a row: market is away.",
    ]);
  });

  test("who is away tells nothing of models, jobs, candles or decisions", () => {
    const untold = series({ candles: null, decisions: null });
    expect(sentences({ models: null, jobs: null, series: [untold] })).toEqual([]);
  });
});
