import { useEffect, useSyncExternalStore } from "react";
import { changeSettings, useSettings, type Palette } from "@/shared/settings/settings";

export type Theme = "dark" | "light";

const PREFERS_LIGHT = "(prefers-color-scheme: light)";

function systemTheme(): Theme {
  return matchMedia(PREFERS_LIGHT).matches ? "light" : "dark";
}

function subscribeToSystem(onChange: () => void): () => void {
  const system = matchMedia(PREFERS_LIGHT);
  system.addEventListener("change", onChange);
  return () => system.removeEventListener("change", onChange);
}

/** The theme on screen: the chosen one or the system's. */
export function useTheme(): Theme {
  const chosen = useSettings(({ theme }) => theme);
  const system = useSyncExternalStore(subscribeToSystem, systemTheme);
  return chosen === "system" ? system : chosen;
}

/** Choosing what the system prefers anyway means following the system again. */
export function chooseTheme(theme: Theme): void {
  changeSettings({ theme: theme === systemTheme() ? "system" : theme });
}

/** Has the page wear what is chosen; public/theme.js does so before the first paint. */
export function useWornTheme(): void {
  const theme = useSettings((settings) => settings.theme);
  const palette = useSettings((settings) => settings.palette);
  useEffect(() => {
    const { dataset } = document.documentElement;
    if (theme === "system") delete dataset["theme"];
    else dataset["theme"] = theme;
    wear(dataset, palette);
  }, [theme, palette]);
}

function wear(dataset: DOMStringMap, palette: Palette): void {
  if (palette === "standard") delete dataset["palette"];
  else dataset["palette"] = palette;
}
