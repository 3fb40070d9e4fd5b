/** What is drawn on the page of performance. */

export const equity = {
  title: "Over time, in R",
  explained:
    "Each signal risks the same, 1 R, and nothing is compounded. Fees are paid, by the random entries too.",
  thinned: "So many outcomes are drawn at their highs and lows; the sums are of all of them.",
  label: (total: string, count: string) =>
    `Sum of net R over ${count} outcomes, ending at ${total}. The arrow keys walk the outcomes; the table has them all.`,
  legend: {
    signals: "Signals",
    random: "Random, mean (5 to 95%)",
    hold: "Buy and hold",
  },
  netR: (value: string) => `${value} R`,
  moment: (at: string, zone: string) => `${at} ${zone}`,
  reading: (at: string, side: string, own: string, sum: string) =>
    `${at}: ${side} ${own}, sum ${sum}`,
  columns: {
    exit: (zone: string) => `Exit, ${zone}`,
    side: "Side",
    netR: "Net R",
    sum: "Sum of net R",
    random: "Random, 5 to 95%",
    held: "Buy and hold",
  },
  older: "Show older outcomes",
} as const;

export const parts = {
  title: "Taken apart",
  caption: "By timeframe, side and engine version",
  timeframes: "Timeframe",
  sides: "Side",
  engines: "Engine version",
  columns: {
    name: "Of",
    count: "Outcomes",
    hitRate: "Hit rate, 95% interval",
    mean: "Mean net R ± standard error",
    total: "Sum of net R",
  },
  shown: "shown above",
} as const;

export const months = {
  title: "By month",
  explained:
    "Sum of net R by the month of the exit (UTC), fees paid; below it the number of outcomes.",
  label: (count: string) =>
    `Bars of the sum of net R in ${count} months; the table has the figures.`,
  bar: (month: string, total: string, count: string) => `${month}: ${total} R of ${count} outcomes`,
  month: "Month",
} as const;

export const confidence = {
  title: "Was the confidence right?",
  explained:
    "On the dotted line what was said is what came. A lone dot tells little: look at the interval through it.",
  calibrated: "Calibrated",
  calibratedMeans: "A measured chance, from outcomes that were known before.",
  uncalibrated: "Uncalibrated",
  uncalibratedMeans: "The strength of the evidence; no chance was claimed.",
  label: (kind: string, count: string) =>
    `${kind}: confidence against hit rate in ${count} bins; the table has the figures.`,
  none: "No outcome yet.",
  noneLarge: "No bin has the 30 outcomes that a hit rate needs.",
  bin: (from: string, until: string) => `${from} to ${until}%`,
  columns: { bin: "Confidence", mean: "Mean said", count: "Outcomes", hitRate: "Hit rate" },
} as const;

export const distribution = {
  title: "What a signal made",
  explained:
    "Outcomes by net R, a quarter of R a bar. Stopped signals lie left of −1: they pay fees too.",
  label: "Histogram of net R; the table has the figures.",
  hits: "Target reached",
  expired: "Ran out of time",
  stopped: "Stopped",
  below: (until: string) => `below ${until}`,
  above: (from: string) => `from ${from}`,
  between: (from: string, until: string) => `${from} to ${until}`,
  bar: (range: string, count: string) => `${range} R: ${count} outcomes`,
  columns: { range: "Net R", count: "Outcomes" },
} as const;
