/** The page of the whole history. */

const SIDE_CHOICES: Readonly<Record<string, string>> = { trades: "BUY + SELL", all: "All" };

function countOfSignals(count: number): string {
  return `${count} ${count === 1 ? "signal" : "signals"}`;
}

export const history = {
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
