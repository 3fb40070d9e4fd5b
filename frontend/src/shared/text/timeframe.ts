import type { Timeframe } from "@/shared/market/timeframe";

export const TIMEFRAME_NAMES: Readonly<Record<Timeframe, string>> = {
  "1m": "1 minute",
  "5m": "5 minutes",
  "15m": "15 minutes",
  "30m": "30 minutes",
  "1h": "1 hour",
  "4h": "4 hours",
  "1d": "1 day",
};

export const timeframe = {
  group: "Timeframe",
  name: (timeframe: Timeframe) => TIMEFRAME_NAMES[timeframe],
  command: (timeframe: Timeframe) => `${timeframe} · ${TIMEFRAME_NAMES[timeframe]}`,
  typed: (timeframe: Timeframe) => `${TIMEFRAME_NAMES[timeframe]} · Enter`,
  typedUnknown: "No such timeframe",
  switched: (timeframe: Timeframe) => `Timeframe ${TIMEFRAME_NAMES[timeframe]}.`,
} as const;
