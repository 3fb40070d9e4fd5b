/** What moved the model at a signal. */
export const modelExplanation = {
  caption: (direction: string) =>
    `Log-odds of \u201c${direction}\u201d, which the model holds likeliest`,
  columns: { feature: "Feature", logOdds: "Log-odds" },
  bias: "Starting point of every bar",
  rest: "All other features",
  sum: "Margin",
  otherUnit: "Log-odds are the model's own unit; they do not add up to the points above.",
  replaced: "The model that spoke then no longer serves, so what moved it cannot be told any more.",
  nowSilent: "The model does not speak for this bar any more, so what moved it cannot be told.",
  loading: "Asking the model\u2026",
  failed: "What moved the model could not be read.",
} as const;
