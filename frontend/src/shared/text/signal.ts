/** Signals wherever they are shown: sides, states, families of evidence. */

const SIDES: Readonly<Record<string, string>> = { BUY: "BUY", SELL: "SELL", HOLD: "HOLD" };

const STATES: Readonly<Record<string, string>> = {
  active: "Active",
  closed: "Closed",
  expired: "Expired",
};

const FAMILIES: Readonly<Record<string, string>> = {
  trend: "Trend",
  momentum: "Momentum",
  volatility: "Volatility",
  patterns: "Patterns",
  ml: "Model",
  volume: "Volume",
};

const ORIGINS: Readonly<Record<string, string>> = {
  live: "Live",
  late: "Late",
  historical: "Rebuilt",
  preview: "Preview",
};

/** What a newer server may send and this page does not know is shown as it came. */
export const signal = {
  side: (type: string) => SIDES[type] ?? type,
  glyph: (type: string) => (type === "BUY" ? "▲" : type === "SELL" ? "▼" : "■"),
  status: (status: string) => STATES[status] ?? status,
  origin: (origin: string) => ORIGINS[origin] ?? origin,
  family: (family: string) => FAMILIES[family] ?? family,
} as const;
