import * as chart from "./chart";
import { commands } from "./commands";
import { confluence } from "./confluence";
import { feed } from "./feed";
import * as frame from "./frame";
import { indicators } from "./indicators";
import { onboarding } from "./onboarding";
import { performance } from "./performance";
import { plot } from "./plot";
import { settings } from "./settings";
import { signal } from "./signal";
import { signalCard, signalView } from "./signal-card";
import { signalPage } from "./signal-page";
import { signals } from "./signals";
import { status } from "./status";
import { timeframe } from "./timeframe";

/** Every word that the dashboard says, in one place: a file for each part of the screen. */
export const text = {
  productName: "ETH Trading Platform",
  notAdvice: "Not financial advice",
  none: "–",
  header: frame.header,
  nav: frame.nav,
  theme: frame.theme,
  error: frame.error,
  dialog: frame.dialog,
  chart: chart.chart,
  table: chart.table,
  commands,
  confluence,
  feed,
  indicators,
  onboarding,
  performance,
  plot,
  settings,
  signal,
  signalCard,
  signalView,
  signalPage,
  signals,
  status,
  timeframe,
} as const;
