/** The signal card, and what the permalink shows of the same signal. */

const RESULTS: Readonly<Record<string, string>> = {
  take_profit_1: "Take-profit 1 was reached",
  stop: "The stop was reached",
  horizon: "Left at the horizon",
};

/** Why the model gives no evidence; what a newer server may say is shown as it came. */
const SILENCES: Readonly<Record<string, string>> = {
  not_asked: "it was not asked",
  no_model: "no model has been trained for this timeframe",
  no_skill: "the model has not proven to know more than how often prices rise and fall",
  model_unreadable: "the model's file cannot be read",
  not_warm: "the model's features are not warm yet",
  outage: "the model's window reaches over an outage",
};

const SHORT_SILENCES: Readonly<Record<string, string>> = {
  no_model: ": no model",
  no_skill: ": no edge",
};

function silence(reason: string): string {
  return SILENCES[reason] ?? reason;
}

const SOURCES: Readonly<Record<string, string>> = {
  patterns: "patterns",
  volume: "volume",
  prediction: "the model",
  indicators: "indicators",
};

const notes = {
  uncalibrated: {
    label: "Uncalibrated",
    sentence:
      "The percentage is the size of the score, not a chance: too few outcomes were known to measure one.",
  },
  rulesOnly: {
    label: (reason: string) => `Rules only${SHORT_SILENCES[reason] ?? ""}`,
    sentence: (reason: string) => `The model says nothing: ${silence(reason)}.`,
  },
  modelDegraded: {
    label: "Model degraded",
    sentence: "What the model said lately, or what it saw, speaks against it.",
  },
  sources: {
    label: "Degraded",
    sentence: (sources: readonly string[]) =>
      `Decided without ${sources.map((source) => SOURCES[source] ?? source).join(" and ")}.`,
  },
  late: { label: "Late", sentence: "Decided after its time, when the price had moved on." },
  historical: {
    label: "Rebuilt",
    sentence: "Decided over stored history: nobody could have acted on it.",
  },
  preview: { label: "Preview", sentence: "Asked for by hand, and not kept." },
  continues: {
    label: "Continues",
    sentence: "A signal of this side still ran, so this one is not scored by itself.",
  },
} as const;

const risk = {
  title: "Risk",
  caption: "Levels of the signal",
  columns: { level: "Level", price: "Price", distance: "From entry", net: "Net R" },
  entry: "Entry",
  stop: "Stop",
  target: (number: number) => `TP${number}`,
  zone: (from: string, to: string) => `Zone ${from} – ${to}`,
  narrowed: "narrowed to stay clear of the stop",
  ratios: {
    gross: "Reward/risk",
    net: "Net of fees",
    worst: "From the far edge",
  },
  fee: (percent: string) => `Net R is after a fee of ${percent}% a side; R is the way to the stop.`,
} as const;

const why = {
  title: "Why",
  command: "Why this signal",
  caption: "Evidence: points of each family, which add up to the score",
  columns: { family: "Family", bar: "From 0 to the score", points: "Points" },
  score: "Score",
  rest: "Not itemised",
  threshold: (theta: string) => `BUY from +${theta}, SELL from \u2212${theta}`,
  product: (value: string, weight: string) => `${value} × ${weight}`,
  productTitle: "What the family says, from \u22121 to +1, times its weight",
  pointAt: (family: string) => `${family}: light its part of the chart`,
} as const;

const outcome = {
  title: "Outcome",
  result: (reason: string) => RESULTS[reason] ?? reason,
  exit: (price: string, at: string) => `Left at ${price}, ${at}.`,
  netR: (value: string) => `${value} R net`,
  held: (bars: number) => `after ${bars} ${bars === 1 ? "bar" : "bars"}`,
  ambiguous: "Stop and target lay in one bar, so the stop was counted.",
  furthest: (target: number) => `The price went on to take-profit ${target}.`,
  replaced: "Replaced by the next decision, without an outcome of its own.",
} as const;

const model = {
  show: "What moved the model?",
  hide: "Hide what moved the model",
} as const;

const validity = {
  untilNext: "until the next decision",
  bars: (left: number) => `valid ${left} more ${left === 1 ? "bar" : "bars"}`,
} as const;

export const signalView = {
  silence,
  notes,
  risk,
  why,
  outcome,
  model,
  validity,
  decided: (at: string) => `Bar of ${at}`,
  scoreOf: (score: string, theta: string) => `score ${score} of ±${theta}`,
  /** Within a sentence. */
  theModel: "the model",
  noSummary: "The evidence does not reach either side.",
} as const;

const track = {
  title: "Track record",
  failed: "The track record could not be read.",
  caption: (side: string, timeframe: string) =>
    `What became of ${side} signals on ${timeframe}: a hit is take-profit 1 before the stop.`,
  bothSides: "BUY and SELL",
  origin: (origin: "live" | "historical", feedKind: string) =>
    origin === "historical" ? "Rebuilt" : feedKind === "live" ? "Live" : `Live (${feedKind})`,
  outcomes: "Outcomes",
  hitRate: "Hit rate",
  interval: (low: string, high: string) => `(${low}–${high})`,
  netR: "Mean net R",
  error: (value: string) => `± ${value}`,
  tooFew: "too few",
  against: "Mean net R of both sides, against",
  signals: "These signals",
  random: "Random entries",
  beats: (share: string) => `worse in ${share}`,
  hold: "Always HOLD",
  buyAndHold: "Buy and hold",
} as const;

const calibration = {
  title: "Calibration",
  origin: "Which signals",
  origins: { historical: "Rebuilt", live: "Live" },
  failed: "The calibration could not be read.",
  label: "Confidence that was said against the hit rate that came",
  none: (areCalibrated: boolean) =>
    areCalibrated
      ? "No signal with a measured chance has ended yet."
      : "No uncalibrated signal has ended yet.",
  ofHold: "A HOLD claims no chance. So it was with the chances of BUY and SELL signals:",
  nothingLikeIt: "No signal that said about as much as this one has ended yet.",
  tooFew: (from: number, until: number, outcomes: number) =>
    `Signals that said ${from}–${until}%: ${outcomes} ended, too few for a hit rate.`,
  cameTrue: (from: number, until: number, share: string, outcomes: number) =>
    `Signals that said ${from}–${until}% came true in ${share} of ${outcomes}.`,
  columns: { said: "Said", came: "Came", outcomes: "Outcomes" },
  fitted: (outcomes: string, rebuilt: string, until: string) =>
    `Measured on ${outcomes} outcomes before ${until}, ${rebuilt} of them rebuilt.`,
  mapFailed: "What the chance was measured on could not be read.",
} as const;

const last = {
  none: (bars: number) => `No BUY or SELL in ${bars} ${bars === 1 ? "bar" : "bars"};`,
  was: (side: string, at: string) => `the last was ${side}, ${at}.`,
  never: "There has been no BUY or SELL on this timeframe yet.",
} as const;

const share = {
  copy: "Share",
  copied: "Its address is copied.",
  refused: "The browser does not let its address be copied: open it, and copy it there.",
  open: "Open",
} as const;

export const signalCard = {
  track,
  calibration,
  last,
  share,
  title: "Signal",
  failed: "The signals could not be loaded",
  empty: "No decision yet",
  emptyDetail:
    "The first one comes with the next bar that closes, once its indicators have history enough.",
  picked: "Picked from the list",
  toNewest: "Show the newest",
  openSheet: "Why, track record, calibration",
} as const;
