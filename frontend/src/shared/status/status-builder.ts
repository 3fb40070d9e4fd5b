import type { PlatformStatus } from "@/shared/api/status-api";

const NOW_MS = 1_722_814_980_000;

/** For tests: a platform where all is well, with one service, series, model and job, and changes. */
export function platformStatus(changes: Partial<PlatformStatus> = {}): PlatformStatus {
  return {
    feed: {
      kind: "replay",
      source: "replay:ETHUSDT-1m-2024-07",
      state: "live",
      ageMs: 53,
      eventTimeMs: NOW_MS,
      speed: 60,
      faults: [],
    },
    services: [service()],
    series: [series()],
    models: [model()],
    jobs: [job()],
    ...changes,
  };
}

type One<Part extends "services" | "series" | "models" | "jobs"> = NonNullable<
  PlatformStatus[Part]
>[number];

export function service(changes: Partial<One<"services">> = {}): One<"services"> {
  return {
    name: "market",
    state: "ready",
    checks: { database: "ok" },
    latencyMs: 12.1,
    version: "0.1.0",
    ...changes,
  };
}

export function series(changes: Partial<One<"series">> = {}): One<"series"> {
  return {
    symbol: "ETHUSDT",
    timeframe: "1h",
    candles: {
      stored: 60_954,
      firstMs: 1_502_942_400_000,
      lastClosedMs: NOW_MS,
      liveSinceMs: NOW_MS,
      holes: { bars: 0, newest: [] },
      outages: { count: 1, bars: 2, newest: [gap()] },
      history: { fromMs: 1_502_942_400_000, remaining: 0, done: true },
    },
    decisions: {
      decidedUntilMs: NOW_MS,
      lastDecidedMs: NOW_MS,
      undecided: 0,
      skipped: 0,
      waitingFor: null,
      waitingSeconds: null,
    },
    ...changes,
  };
}

export function gap() {
  return { fromMs: 1_582_113_600_000, untilMs: 1_582_120_800_000, bars: 2 };
}

export function model(changes: Partial<One<"models">> = {}): One<"models"> {
  return {
    symbol: "ETHUSDT",
    timeframe: "1h",
    modelId: "ETHUSDT-1h-wide-6834301abcde",
    abstainsFor: null,
    featureSet: "wide",
    trainedAtMs: NOW_MS,
    verdict: "it has skill",
    skill: 0.0394,
    skillInterval: [0.0246, 0.055],
    degraded: false,
    degradedReason: null,
    live: { scored: 3, verdict: "too_few" },
    drift: null,
    ...changes,
  };
}

export function job(changes: Partial<One<"jobs">> = {}): One<"jobs"> {
  return {
    name: "collect-1m",
    purpose: "Fetches candles.",
    schedule: "0.2 s after each 1m bar closes",
    periodMs: 60_000,
    lastRunMs: NOW_MS,
    lastDurationMs: 44,
    lastState: "ok",
    lastError: null,
    failuresInARow: 0,
    running: false,
    nextRunMs: NOW_MS + 60_000,
    ...changes,
  };
}
