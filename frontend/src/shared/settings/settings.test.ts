// @vitest-environment jsdom
import { beforeEach, describe, expect, test, vi } from "vitest";
import {
  changeSettings,
  DEFAULT_SETTINGS,
  followOtherTabs,
  readSettings,
  useSettings,
} from "./settings";

beforeEach(() => {
  localStorage.clear();
  useSettings.setState(DEFAULT_SETTINGS);
});

describe("settings", () => {
  test("what was stored is read back", () => {
    changeSettings({ palette: "colour-blind", timeZone: "local", indicators: ["rsi"] });
    const stored: unknown = JSON.parse(localStorage.getItem("settings") ?? "");
    const read = readSettings((stored as { state: unknown }).state);
    expect(read).toMatchObject({
      palette: "colour-blind",
      timeZone: "local",
      indicators: ["rsi"],
    });
  });

  test.each([null, 7, "x", [], { theme: "pink", singleKeys: "no", drawerHeight: null }])(
    "%j falls back to the defaults",
    (stored) => {
      expect(readSettings(stored)).toEqual(DEFAULT_SETTINGS);
    },
  );

  test("an indicator that this version does not know is left out", () => {
    expect(readSettings({ indicators: ["ema9", "ichimoku", 3] }).indicators).toEqual(["ema9"]);
  });

  test("what another tab chose holds here, and a choice made here keeps it", () => {
    const stop = followOtherTabs();
    const chosenThere = { state: { ...DEFAULT_SETTINGS, timeZone: "local" }, version: 0 };
    localStorage.setItem("settings", JSON.stringify(chosenThere));
    window.dispatchEvent(new StorageEvent("storage", { key: "settings" }));
    expect(useSettings.getState().timeZone).toBe("local");
    changeSettings({ theme: "light" });
    const stored: unknown = JSON.parse(localStorage.getItem("settings") ?? "");
    expect(stored).toMatchObject({ state: { timeZone: "local", theme: "light" } });
    stop();
  });

  test("settings that another tab cleared are the defaults here too", () => {
    const stop = followOtherTabs();
    changeSettings({ theme: "light" });
    localStorage.clear();
    window.dispatchEvent(new StorageEvent("storage", { key: null }));
    expect(useSettings.getState()).toEqual(DEFAULT_SETTINGS);
    stop();
  });

  test("a browser that blocks storage still remembers until the page is left", () => {
    vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
      throw new DOMException("blocked");
    });
    changeSettings({ theme: "light" });
    expect(useSettings.getState().theme).toBe("light");
  });
});
