// @vitest-environment jsdom
import { act, cleanup, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { changeSettings, DEFAULT_SETTINGS, useSettings } from "@/shared/settings/settings";
import { chooseTheme, useTheme, useWornTheme } from "./theme";

let prefersLight: boolean;

beforeEach(() => {
  prefersLight = false;
  useSettings.setState(DEFAULT_SETTINGS);
  vi.stubGlobal("matchMedia", () => ({
    matches: prefersLight,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
});

afterEach(cleanup);

function worn(): DOMStringMap {
  return document.documentElement.dataset;
}

describe("theme", () => {
  test("without a choice the system's preference stands", () => {
    expect(renderHook(useTheme).result.current).toBe("dark");
    prefersLight = true;
    expect(renderHook(useTheme).result.current).toBe("light");
  });

  test("a choice outlives the system's preference", () => {
    const { result } = renderHook(useTheme);
    act(() => chooseTheme("light"));
    expect(result.current).toBe("light");
  });

  test("choosing what the system prefers follows the system again", () => {
    chooseTheme("light");
    chooseTheme("dark");
    expect(useSettings.getState().theme).toBe("system");
  });

  test("the page wears theme and palette, and takes them off again", () => {
    renderHook(useWornTheme);
    act(() => changeSettings({ theme: "light", palette: "colour-blind" }));
    expect(worn()).toMatchObject({ theme: "light", palette: "colour-blind" });
    act(() => changeSettings(DEFAULT_SETTINGS));
    expect([worn()["theme"], worn()["palette"]]).toEqual([undefined, undefined]);
  });
});
