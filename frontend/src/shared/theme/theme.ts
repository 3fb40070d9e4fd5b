import { useSyncExternalStore } from "react";

export type Theme = "dark" | "light";

const STORAGE_KEY = "theme";
const CHANGED = "themechange";
const PREFERS_LIGHT = "(prefers-color-scheme: light)";

function systemTheme(): Theme {
  return matchMedia(PREFERS_LIGHT).matches ? "light" : "dark";
}

/** The theme on screen: the chosen one (public/theme.js put it there) or the system's. */
export function currentTheme(): Theme {
  const chosen = document.documentElement.dataset["theme"];
  return chosen === "dark" || chosen === "light" ? chosen : systemTheme();
}

function remember(chosen: Theme | null): void {
  try {
    if (chosen) localStorage.setItem(STORAGE_KEY, chosen);
    else localStorage.removeItem(STORAGE_KEY);
  } catch {
    // Storage is blocked: the choice lasts until the page is left.
  }
}

/** Choosing what the system prefers anyway means following the system again. */
export function chooseTheme(theme: Theme): void {
  const chosen = theme === systemTheme() ? null : theme;
  if (chosen) document.documentElement.dataset["theme"] = chosen;
  else delete document.documentElement.dataset["theme"];
  remember(chosen);
  window.dispatchEvent(new Event(CHANGED));
}

function subscribe(onChange: () => void): () => void {
  const system = matchMedia(PREFERS_LIGHT);
  window.addEventListener(CHANGED, onChange);
  system.addEventListener("change", onChange);
  return () => {
    window.removeEventListener(CHANGED, onChange);
    system.removeEventListener("change", onChange);
  };
}

export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, currentTheme);
}
