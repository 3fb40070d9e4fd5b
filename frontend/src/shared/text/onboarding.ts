export const onboarding = {
  title: "How to read this",
  place: (step: number, of: number) => `${step} of ${of}`,
  back: "Back",
  next: "Next",
  done: "Done",
  dismiss: "Dismiss the introduction",
  dismissed: "The introduction is closed. Settings show it again.",
  steps: [
    {
      title: "What a signal claims",
      body: "Every closed bar ends in BUY, SELL or HOLD. BUY and SELL claim that take-profit 1 is reached before the stop. Confidence is the chance of that; it says “uncalibrated” until enough outcomes are known.",
      link: null,
    },
    {
      title: "Why it says so",
      body: "Trend, momentum, volatility, patterns and a model each give evidence. Their points add up to the score, row by row, and HOLD says what is missing. Point at a row and its part of the chart lights up.",
      link: null,
    },
    {
      title: "Whether to believe it",
      body: "No outcome is hidden, losses included. The track record stands beside every claim, net of fees and against simple baselines; calibration shows whether 60% came true 60% of the time.",
      link: { path: "/performance", name: "See the track record" },
    },
    {
      title: "Not advice, and where prices come from",
      body: "This computes; it does not know you. The line under the price names the feed at all times: the live market, a recording (Replay) or a simulation, and how old its last event is.",
      link: { path: "/status", name: "See the feed" },
    },
  ],
} as const;
