/** What stands around every page: header, navigation, errors. */

export const productName = "ETH Trading Platform";
export const notAdvice = "Not financial advice";
/** In place of a figure that there is not. */
export const none = "–";

export const header = {
  region: "Price",
  change24h: "Change in 24 hours",
  high24h: "24h high",
  low24h: "24h low",
  volume24h: "24h volume",
  pageTitle: (price: string, symbol: string) => `${price} · ${symbol}`,
} as const;

export const nav = {
  region: "Pages",
  skip: "Skip to the content",
  workspace: "Chart",
  signals: "Signals",
  performance: "Performance",
  status: "Status",
  settings: "Settings",
  signal: "Signal",
  history: "History",
  more: "More",
  pageTitle: (page: string) => `${page} · ${productName}`,
  notFound: "There is no such page",
  notFoundDetail: "The address may be mistyped, or the page has moved.",
  toWorkspace: "To the chart",
} as const;

export const theme = {
  toDark: "Switch to the dark theme",
  toLight: "Switch to the light theme",
} as const;

export const error = {
  retry: "Retry",
  requestId: (id: string) => `Request ${id}`,
  unreachable: "The platform cannot be reached.",
  timeout: "The platform did not answer in time.",
  unreadable: (status: number) => `The answer could not be read (HTTP ${status}).`,
  notUnderstood: "The answer could not be understood.",
  crashed: "This page stopped working",
  crashedDetail: "The fault is the dashboard's own; the browser's console tells which.",
  reload: "Reload",
} as const;

export const dialog = {
  close: "Close",
} as const;
