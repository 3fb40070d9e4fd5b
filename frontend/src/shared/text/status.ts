const FEED_STATES: Readonly<Record<string, string>> = {
  live: "Live",
  delayed: "Delayed",
  stale: "Stale",
  offline: "Offline",
  ended: "Ended",
};

const FEED_KINDS: Readonly<Record<string, string>> = {
  live: "The live market",
  replay: "A recording, played again",
  simulated: "A simulated market",
};

const SERVICE_STATES: Readonly<Record<string, string>> = {
  ready: "Ready",
  not_ready: "Not ready",
  unreachable: "No answer",
};

const JOB_STATES: Readonly<Record<string, string>> = { ok: "OK", failed: "failed" };

const ABSTAINS: Readonly<Record<string, string>> = {
  no_model: "no model yet",
  no_skill: "its model has no skill",
  model_unreadable: "its model cannot be read",
};

const LIVE_VERDICTS: Readonly<Record<string, string>> = {
  too_few: "too few yet",
  better_than_prior: "better than the prior",
  worse_than_prior: "worse than the prior",
  undecided: "undecided",
};

const DRIFT_EXTENTS: Readonly<Record<string, string>> = {
  small: "small",
  moderate: "moderate",
  large: "large",
};

function bars(count: string, one: boolean): string {
  return `${count} ${one ? "bar" : "bars"}`;
}

/** What a newer server may send and this page does not know is shown as it came. */
export const status = {
  failed: "The status could not be read",
  loading: "Reading how the platform is…",
  away: (sentence: string, clock: string, zone: string) =>
    `${sentence} What stands here was known at ${clock} ${zone}, by this computer's clock.`,
  how: "Asked every 5 seconds while this page is in sight.",
  bars,
  notKnown: "not known",
  summary: {
    title: "Summary",
    well: "All well",
    wellDetail: "Every service answers, the feed is as it should be, no job failed.",
    troubles: (count: number) => (count === 1 ? "1 thing is wrong" : `${count} things are wrong`),
    notices: (count: number) => (count === 1 ? "1 thing to know" : `${count} things to know`),
  },
  finding: {
    feed: (state: string) => `The feed is ${(FEED_STATES[state] ?? state).toLowerCase()}.`,
    unreachable: (service: string) => `${service} does not answer.`,
    inState: (service: string, state: string) => `${service} says: ${state}.`,
    notReady: (service: string, why: string) => `${service} is not ready${why && `: ${why}`}.`,
    check: (name: string, said: string) => `${name}: ${said}`,
    holes: (series: string, count: string) => `${series}: ${count} missing, being fetched.`,
    history: (series: string) => `${series}: older history is still being fetched.`,
    behind: (series: string, count: string, why: string | null) =>
      `${series}: ${count} without a decision yet${why === null ? "" : `: ${why}`}.`,
    unreadable: (series: string) => `${series}: the model cannot be read, signals are rules only.`,
    degraded: (series: string, why: string | null) =>
      `${series}: the model is degraded${why === null ? "" : `: ${why}`}.`,
    drift: (series: string) => `${series}: what the model sees is unusual for it.`,
    job: (name: string, times: number, why: string | null) =>
      `${name} failed${times > 1 ? ` ${times} times in a row` : ""}${why === null ? "" : `: ${why}`}.`,
  },
  feed: {
    title: "Feed",
    state: "State",
    stateOf: (state: string) => FEED_STATES[state] ?? state,
    kind: "Kind",
    kindOf: (kind: string) => FEED_KINDS[kind] ?? kind,
    source: "Source",
    age: "Last event",
    ago: (age: string) => `${age} ago`,
    never: "none yet",
    clock: "Market time",
    speed: "Speed",
    times: (speed: string) => `${speed}× real time`,
    faults: "Went wrong",
    noFaults: "nothing so far",
    unknownFaults: "the market service does not say",
    fault: (kind: string, count: string, age: string) =>
      `${kind.replaceAll("_", " ")}: ${count} ×, last ${age} ago`,
    olderFaults: (count: string) => `and ${count} more`,
  },
  services: {
    title: "Services",
    caption: "Each service, what it needs, how fast it answers and its version",
    service: "Service",
    state: "State",
    stateOf: (state: string) => SERVICE_STATES[state] ?? state,
    checks: "Needs",
    checked: (name: string, said: string) => (said === "ok" ? `${name} ✓` : `${name}: ${said}`),
    latency: "Answers in",
    version: "Version",
  },
  series: {
    title: "Candles and decisions",
    caption: (zone: string) =>
      `Each series, its stored bars, what is missing and how far it is decided. Times are ${zone}.`,
    series: "Series",
    stored: "Bars",
    since: "Since",
    newest: "Newest bar",
    holes: "Holes",
    noHoles: "none",
    healing: (count: string) => `${count}, healing`,
    outages: "Exchange outages",
    outageCount: (count: string, stretches: number) =>
      stretches === 1 ? `${count}, 1 stretch` : `${count}, ${stretches} stretches`,
    stretch: (from: string, until: string, count: string) => `${from} – ${until}: ${count}`,
    history: "History",
    complete: "complete",
    toGo: (count: string) => `${count} to go`,
    unmeasured: "being fetched",
    decided: "Decided",
    upToDate: "up to date",
    undecided: (count: string) => `${count} behind`,
    skipped: (count: string) => `${count} skipped`,
    waiting: (why: string) => `waiting: ${why}`,
  },
  models: {
    title: "Models",
    caption: (zone: string) =>
      `For each series the model that serves, its skill and what became of it. Times are ${zone}.`,
    away: "The model service does not answer: signals are decided by rules alone.",
    series: "Series",
    serves: "Serves",
    model: (id: string) => `model ${id}`,
    rulesOnly: (reason: string) => `rules only: ${ABSTAINS[reason] ?? reason}`,
    trained: "Trained",
    skill: "Skill over the prior",
    interval: (skill: string, low: string, high: string) => `${skill} (${low} to ${high})`,
    live: "Since it serves",
    liveVerdict: (verdict: string, scored: string) =>
      `${LIVE_VERDICTS[verdict] ?? verdict}, n = ${scored}`,
    drift: "Drift",
    driftOf: (extent: string, isUnusual: boolean) =>
      `${DRIFT_EXTENTS[extent] ?? extent}, ${isUnusual ? "unusual" : "usual"}`,
    state: "State",
    fine: "OK",
    idle: "idle",
    degraded: (why: string | null) => (why === null ? "degraded" : `degraded: ${why}`),
  },
  jobs: {
    title: "Jobs",
    caption: (zone: string) => `Each job, its last and its next run. Times are ${zone}.`,
    away: "The scheduler does not answer: what ran last is not known.",
    job: "Job",
    schedule: "Due",
    last: "Last run",
    took: "Took",
    result: "Result",
    resultOf: (state: string, why: string | null) =>
      `${JOB_STATES[state] ?? state}${why === null ? "" : `: ${why}`}`,
    neverRan: "not yet",
    running: "running",
    next: "Next run",
    noNext: "when the clock runs",
  },
} as const;
