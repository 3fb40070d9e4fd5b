/** The list of signals and patterns below the chart, and the whole history. */

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

const SIDE_CHOICES: Readonly<Record<string, string>> = { trades: "BUY + SELL", all: "All" };

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

function countOfSignals(count: number): string {
  return `${count} ${count === 1 ? "signal" : "signals"}`;
}

const drawer = {
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

const walk = {
  next: "Next signal in the list",
  previous: "Previous signal in the list",
  newest: "That is the newest signal.",
  oldest: "That is the oldest signal.",
  none: "There is no BUY or SELL yet.",
  selected: (side: string, at: string, score: string, state: string) =>
    `${side} of ${at}, score ${score}, ${state}.`,
} as const;

const history = {
  filters: "Filters",
  side: "Side",
  status: "Status",
  origin: "Origin",
  any: "All",
  sideName: (side: string) => SIDE_CHOICES[side] ?? side,
  timeframe: "Timeframe",
  download: "Download CSV",
  csvName: (market: string, timeframe: string) => `signals-${market}-${timeframe}.csv`,
  title: (symbol: string, timeframe: string) => `Decisions on ${symbol}, ${timeframe}`,
  shown: (count: number, hasMore: boolean) =>
    hasMore ? `the newest ${countOfSignals(count)}` : countOfSignals(count),
  open: (side: string, at: string) => `Open the ${side} of ${at}`,
  failed: "The history could not be read",
  empty: "No signal here yet",
  emptyDetail: "A decision is made at every closed bar. The first appears by itself.",
  emptyFiltered: "No signal matches",
  emptyFilteredDetail: "There may be others: take a filter away to see them.",
  clear: "Take the filters away",
  totals: "Totals",
  totalsCaption: "Decisions by origin and by what became of them",
  totalsDetail: "Only a BUY or SELL that starts anew has an outcome: closed, or expired.",
  totalsFailed: "The totals could not be read.",
  counts: {
    decided: "Decided",
    hold: "HOLD",
    continuing: "Continue",
    active: "Active",
    closed: "Closed",
    expired: "Expired",
  },
} as const;

export const signals = {
  columns: COLUMNS,
  timeIn: (zone: string) => `${COLUMNS.time} (${zone})`,
  uncalibrated: "uncal.",
  uncalibratedTitle: "Uncalibrated: the size of the score, not a measured chance",
  ended: (status: string, reason: string) => `${status} · ${ENDINGS[reason] ?? reason}`,
  continuing: (status: string) => `${status} · continues`,
  more: "Show more",
  loadingMore: "Reading more…",
  pattern: patternName,
  direction: (direction: string) => DIRECTIONS[direction] ?? direction,
  directionGlyph: (direction: string) =>
    direction === "bullish" ? "▲" : direction === "bearish" ? "▼" : "■",
  patternColumns: {
    time: "Time",
    pattern: "Pattern",
    direction: "Says",
    strength: "Strength",
    meaning: "Meaning",
  },
  drawer,
  walk,
  history,
} as const;
