export const quality = {
  title: "Data quality",
  caption: "Each series, how much of what the exchange has is stored, and how it came",
  loading: "Counting every candle…",
  away: "The market service does not say how whole its candles are.",
  series: "Series",
  complete: "Complete",
  percent: (figure: string) => `${figure}%`,
  holes: "Holes",
  late: "Late",
  healed: "Healed in, p95",
  lateness: "Late bars came more than 10 s after their close, and were healed.",
  revisions: "Revised",
  outages: "Outages",
  ages: (p50: string, p95: string, p99: string, longest: string) =>
    `Age of the feed in the last hour: p50 ${p50}, p95 ${p95}, p99 ${p99}, at most ${longest}.`,
  noAges: "How old the feed was is not known yet.",
  refused: (count: string) => `${count} frames and rows of the exchange refused.`,
};
