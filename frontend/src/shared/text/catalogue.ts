/** Every word that the dashboard says: a file for each part of the screen. */
export { chart, table } from "./chart";
export { commands } from "./commands";
export { confluence } from "./confluence";
export { feed } from "./feed";
export { dialog, error, header, nav, none, notAdvice, productName, theme } from "./frame";
export { indicators } from "./indicators";
export { modelExplanation } from "./model-explanation";
export { onboarding } from "./onboarding";
export { performance } from "./performance";
export { plot } from "./plot";
export * as settings from "./settings";
export { quality } from "./quality";
export { signal } from "./signal";
export { signalCard, signalView } from "./signal-card";
export { signalPage } from "./signal-page";
export * as signals from "./signals";
export { status } from "./status";
export { timeframe } from "./timeframe";
