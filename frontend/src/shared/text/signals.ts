/** The list of signals and patterns below the chart. */

export { history } from "./signal-history";

const COLUMNS = {
  time: "Time",
  side: "Side",
  score: "Score",
  confidence: "Confidence",
  entry: "Entry",
  stop: "Stop",
  target: "TP1",
  status: "Status",
  netR: "Net R",
  profit: "Profit",
  origin: "Origin",
} as const;

const ENDINGS: Readonly<Record<string, string>> = {
  take_profit_1: "TP1",
  stop: "stop",
  horizon: "horizon",
};

const DIRECTIONS: Readonly<Record<string, string>> = {
  bullish: "Bullish",
  bearish: "Bearish",
  neutral: "Neutral",
};

/** "three_black_crows" → "Three black crows": also for those that are not known here. */
export function patternName(type: string): string {
  const words = type.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export const drawer = {
  region: "Signals and patterns",
  tabs: "Lists",
  signals: "Signals",
  patterns: "Patterns",
  all: "All signals",
  close: "Close the list",
  open: "Open the list",
  resize: "Height of the list",
  height: (pixels: number) => (pixels === 0 ? "closed" : `${pixels} pixels`),
  showHolds: "Show HOLDs",
  holdsSince: (count: number, isAtLeast: boolean) => `${count}${isAtLeast ? "+" : ""} HOLD since`,
  failed: "The signals could not be read",
  empty: "No BUY or SELL yet",
  emptyDetail: (holds: number) =>
    holds === 0
      ? "The first decision comes when the next bar closes. It appears here by itself."
      : "The evidence agreed at no bar so far. The next decision comes when the bar closes.",
  patternsOf: (bars: number) => `Patterns of the last ${bars} bars`,
  patternsFailed: "The patterns could not be read",
  patternsEmpty: "No pattern",
  patternsEmptyDetail: (bars: number) =>
    `None of the ten patterns was complete in the last ${bars} bars. The next closed bar is looked at by itself.`,
} as const;

export const walk = {
  next: "Next signal in the list",
  previous: "Previous signal in the list",
  newest: "That is the newest signal.",
  oldest: "That is the oldest signal.",
  none: "There is no BUY or SELL yet.",
  selected: (side: string, at: string, score: string, state: string) =>
    `${side} of ${at}, score ${score}, ${state}.`,
} as const;

export { COLUMNS as columns };

export const timeIn = (zone: string) => `${COLUMNS.time} (${zone})`;

export const uncalibrated = "uncal.";

export const uncalibratedTitle = "Uncalibrated: the size of the score, not a measured chance";

export const ended = (status: string, reason: string) => `${status} · ${ENDINGS[reason] ?? reason}`;

export const continuing = (status: string) => `${status} · continues`;

export const more = "Show more";

export const loadingMore = "Reading more…";

export { patternName as pattern };

export const direction = (direction: string) => DIRECTIONS[direction] ?? direction;

export const directionGlyph = (direction: string) =>
  direction === "bullish" ? "▲" : direction === "bearish" ? "▼" : "■";

export const patternColumns = {
  time: "Time",
  pattern: "Pattern",
  direction: "Says",
  strength: "Strength",
  meaning: "Meaning",
} as const;
