import type { Timeframe } from "@/shared/market/timeframe";
import { TIMEFRAME_NAMES } from "./timeframe";

const ABSTAINS: Readonly<Record<string, string>> = {
  no_model: "No model was trained for this series",
  no_skill: "A model was trained, but has no proven skill",
  model_unreadable: "The model cannot be read",
};

const LIVE: Readonly<Record<string, string>> = {
  too_few: "Too few forecasts have an outcome to say anything.",
  better_than_prior: "Better than the class prior on the bars since.",
  worse_than_prior: "Worse than the class prior on the bars since.",
  undecided: "Not to be told from the class prior on the bars since.",
};

const EXTENTS: Readonly<Record<string, string>> = {
  small: "Small drift",
  moderate: "Moderate drift",
  large: "Large drift",
};

const figures = {
  skill: "Skill over the class prior",
  ofTheGate: (bound: string) => `Above ${bound} with 99% confidence; it serves only above 0`,
  logLoss: "Log-loss",
  prior: (value: string) => `Class prior ${value}; lower is better`,
  error: "Calibration error",
  errorDetail: "Mean distance of what was said from what came",
  accuracy: "Accuracy",
  baseline: (majority: string, balanced: string) =>
    `Always the commonest class: ${majority}. Balanced ${balanced}, a third is chance`,
  bars: "Unseen bars",
  configurations: (count: string) => `${count} configurations were tried before`,
} as const;

const live = {
  title: "Since it serves",
  scored: (count: string) => `${count} of its forecasts have an outcome.`,
  verdict: (verdict: string) => LIVE[verdict] ?? verdict,
  period: (from: string, until: string) => `${from} to ${until}`,
} as const;

const drift = {
  title: "What it sees now, against its training",
  none: "It has forecast too few bars to compare them with its training.",
  extent: (extent: string) => EXTENTS[extent] ?? extent,
  unusual: "more than was usual in its own training",
  usual: "no more than was usual in its own training",
  bars: (count: string) => `over the last ${count} bars`,
  explained: "The five features that count most. Up to 0.1 is small, above 0.25 large.",
  columns: { name: "Feature", psi: "Stability index", usual: "Usual at most", extent: "Drift" },
} as const;

/** What is known of the model that serves a series, or would. */
export const model = {
  title: (symbol: string, timeframe: Timeframe) =>
    `The model of ${symbol}, ${TIMEFRAME_NAMES[timeframe]}`,
  explained:
    "It says how likely the close some candles on is up, down or neither. These figures are of a last " +
    "stretch of time that nothing was fitted on.",
  failed: "The model could not be read",
  serves: "Serves",
  rulesOnly: "Rules only",
  abstains: (reason: string) => ABSTAINS[reason] ?? reason,
  withoutIt: "Signals are decided by rules alone. A training makes one:",
  command: (symbol: string, timeframe: Timeframe) =>
    `./eth train --symbol ${symbol} --timeframe ${timeframe}`,
  degraded: (reason: string | null) => (reason === null ? "Degraded" : `Degraded: ${reason}`),
  trained: (id: string, at: string, from: string, until: string) =>
    `${id}, trained ${at} on candles from ${from} to ${until}`,
  verdict: (sentence: string) => `The gate says: ${sentence}.`,
  report: "The whole report",
  reproduce: "To train it again:",
  figures,
  live,
  drift,
  reliability: {
    title: "Were its probabilities right?",
    explained:
      "Bars by the probability of the class that it thought likeliest. Neighbouring bars share what comes, " +
      "so no interval is given.",
    label: (count: string) =>
      `Said probability against how often it came, in ${count} bins; the table has the figures.`,
    failed: (reason: string) => `The report could not be read: ${reason}`,
    columns: { bin: "Probability", mean: "Mean said", count: "Bars", hitRate: "Came true" },
  },
} as const;
