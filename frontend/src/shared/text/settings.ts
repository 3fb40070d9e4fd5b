/** The page of settings. */

export { command } from "./setting-commands";

export const kept = "Kept in this browser only; a change counts at once.";

export const appearance = {
  title: "Appearance",
  theme: "Theme",
  themeDetail: "Follows your system unless you choose.",
  themes: { system: "System", dark: "Dark", light: "Light" },
  palette: "Colours of up and down",
  paletteDetail:
    "Colour-blind safe swaps green and red for blue and amber. Rising candles are hollow, falling ones filled, in both.",
  palettes: { standard: "Green and red", "colour-blind": "Colour-blind safe" },
  preview: "Candles in the chosen colours: rising ones hollow, falling ones filled",
} as const;

export const time = {
  title: "Time",
  zone: "Time zone",
  zoneDetail: (moment: string, zone: string) =>
    `In what zone times are written. It is now ${moment} ${zone}. Daily bars are UTC days in both.`,
  zones: { utc: "UTC", local: "Local" },
} as const;

export const keys = {
  title: "Keys",
  single: "Single-key shortcuts",
  singleDetail:
    "Keys such as J, K and ? act without Ctrl or ⌘. Switch them off if you dictate or press keys by accident.",
} as const;

export const sound = {
  title: "Sound",
  tone: "Tone at a new signal",
  toneDetail: "A short tone, rising for BUY and falling for SELL, while this page is open.",
} as const;

export const start = {
  title: "Start over",
  introduction: "Introduction",
  introductionDetail: "The four steps beside the chart that say what a signal claims.",
  showAgain: "Show again",
  shownAgain: "The introduction is beside the chart again.",
  all: "All settings",
  allDetail: "Also what the chart shows and how high its drawer is.",
  reset: "Reset all",
  wasReset: "All settings are as they were at first.",
} as const;
