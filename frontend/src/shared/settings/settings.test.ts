// @vitest-environment jsdom
import { beforeEach, describe, expect, test, vi } from "vitest";
import { changeSettings, DEFAULT_SETTINGS, readSettings, useSettings } from "./settings";

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

  test("a browser that blocks storage still remembers until the page is left", () => {
    vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
      throw new DOMException("blocked");
    });
    changeSettings({ theme: "light" });
    expect(useSettings.getState().theme).toBe("light");
  });
});
