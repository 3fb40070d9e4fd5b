import { create } from "zustand";
import { createJSONStorage, persist, type StateStorage } from "zustand/middleware";
import { INDICATORS, isIndicator, type IndicatorId } from "@/shared/market/indicators";

const CHOICES = {
  theme: ["system", "dark", "light"],
  palette: ["standard", "colour-blind"],
  timeZone: ["utc", "local"],
} as const;

export type ThemeChoice = (typeof CHOICES.theme)[number];
export type Palette = (typeof CHOICES.palette)[number];
export type TimeZone = (typeof CHOICES.timeZone)[number];

/** What this browser remembers of its reader; nothing of it leaves the browser. */
export interface Settings {
  readonly theme: ThemeChoice;
  readonly palette: Palette;
  readonly timeZone: TimeZone;
  /** Whether keys without Ctrl, Alt or ⌘ do anything. */
  readonly singleKeys: boolean;
  readonly sound: boolean;
  /** What the chart shows where the URL does not say. */
  readonly indicators: readonly IndicatorId[];
  /** Steps of the introduction that were read; all of them when it was dismissed. */
  readonly onboardingSteps: number;
  /** Of the panel below the chart, in pixels. */
  readonly drawerHeight: number;
}

export const DEFAULT_SETTINGS: Settings = {
  theme: "system",
  palette: "standard",
  timeZone: "utc",
  singleKeys: true,
  sound: false,
  indicators: INDICATORS.filter(({ isDefault }) => isDefault).map(({ id }) => id),
  onboardingSteps: 0,
  drawerHeight: 172,
};

const RECORD = "settings";

type Stored = Readonly<Record<string, unknown>>;

function chosen<T extends string>(value: unknown, choices: readonly T[], otherwise: T): T {
  return choices.find((choice) => choice === value) ?? otherwise;
}

function kept<T>(value: unknown, otherwise: T): T {
  return typeof value === typeof otherwise ? (value as T) : otherwise;
}

/** What was stored, by whatever version: a part that is missing or wrong is the default's. */
export function readSettings(stored: unknown): Settings {
  const from: Stored = typeof stored === "object" && stored !== null ? (stored as Stored) : {};
  const asIs = DEFAULT_SETTINGS;
  return {
    theme: chosen(from["theme"], CHOICES.theme, asIs.theme),
    palette: chosen(from["palette"], CHOICES.palette, asIs.palette),
    timeZone: chosen(from["timeZone"], CHOICES.timeZone, asIs.timeZone),
    singleKeys: kept(from["singleKeys"], asIs.singleKeys),
    sound: kept(from["sound"], asIs.sound),
    indicators: Array.isArray(from["indicators"])
      ? from["indicators"].filter(isIndicator)
      : asIs.indicators,
    onboardingSteps: kept(from["onboardingSteps"], asIs.onboardingSteps),
    drawerHeight: kept(from["drawerHeight"], asIs.drawerHeight),
  };
}

/** Where storage is blocked or full, a choice lasts until the page is left. */
const storage: StateStorage = {
  getItem: (name) => attempt(() => localStorage.getItem(name)) ?? null,
  setItem: (name, value) => attempt(() => localStorage.setItem(name, value)),
  removeItem: (name) => attempt(() => localStorage.removeItem(name)),
};

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

export const useSettings = create<Settings>()(
  persist(() => DEFAULT_SETTINGS, {
    name: RECORD,
    storage: createJSONStorage(() => storage),
    merge: (stored) => readSettings(stored),
  }),
);

/** Has what another tab chose hold in this one too: each of them stores all of the settings. Ends by what it returns. */
export function followOtherTabs(): () => void {
  const take = ({ key }: StorageEvent) => {
    // Null where a tab cleared all that is stored.
    if (key === RECORD || key === null) void useSettings.persist.rehydrate();
  };
  window.addEventListener("storage", take);
  return () => window.removeEventListener("storage", take);
}

export function changeSettings(part: Partial<Settings>): void {
  useSettings.setState(part);
}
