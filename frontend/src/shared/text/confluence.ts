export const confluence = {
  title: "Confluence",
  caption: "What each family of evidence says on each timeframe, from \u22121 to +1",
  legend: "Closed bars only. ▲▲ strong, ▲ clear, △ weak, · nothing to say, – no voice.",
  failed: "The decisions could not be loaded",
  empty: "No decisions yet",
  emptyDetail: "Each timeframe decides when its next bar closes; the matrix fills by itself.",
  decided: (timeframe: string, side: string, at: string) => `${timeframe}: ${side}, bar of ${at}`,
  undecided: (timeframe: string) => `${timeframe}: no decision yet`,
  unread: (timeframe: string) => `${timeframe}: its decision could not be read`,
  silent: "no voice",
  value: (value: string) => `${value} of 1`,
  points: (points: string) => `${points} points, strength unknown`,
} as const;
