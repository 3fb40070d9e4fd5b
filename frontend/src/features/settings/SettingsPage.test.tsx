// @vitest-environment jsdom
import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { times } from "@/shared/format/times";
import { DEFAULT_SETTINGS, useSettings } from "@/shared/settings/settings";
import * as tone from "@/shared/sound/signal-tone";
import { SettingsPage } from "./SettingsPage";

async function press(name: string, role: "button" | "switch" = "button"): Promise<void> {
  await userEvent.click(screen.getByRole(role, { name }));
}

function stored(): unknown {
  return (JSON.parse(localStorage.getItem("settings") ?? "{}") as { state?: unknown }).state;
}

beforeEach(() => {
  useSettings.setState(DEFAULT_SETTINGS);
  render(<SettingsPage />);
});

afterEach(() => {
  cleanup();
  useSettings.setState(DEFAULT_SETTINGS);
});

describe("settings page", () => {
  test("a choice counts at once and is kept for the next visit", async () => {
    await press("Light");
    await press("Colour-blind safe");
    expect(useSettings.getState()).toMatchObject({ theme: "light", palette: "colour-blind" });
    expect(stored()).toMatchObject({ theme: "light", palette: "colour-blind" });
    expect(screen.getByRole("button", { name: "Light" }).getAttribute("aria-pressed")).toBe("true");
  });

  test("the time zone shows its example and keeps the focus", async () => {
    await press("Local");
    expect(useSettings.getState().timeZone).toBe("local");
    expect(document.activeElement?.textContent).toBe("Local");
    expect(screen.getByText(new RegExp(`It is now .* ${times.zone(Date.now())}\\.`))).toBeTruthy();
  });

  test("switching the tone on lets it be heard, switching it off does not", async () => {
    const play = vi.spyOn(tone, "playSignalTone").mockImplementation(() => undefined);
    await press("Tone at a new signal", "switch");
    await press("Tone at a new signal", "switch");
    expect(play).toHaveBeenCalledOnce();
    expect(useSettings.getState().sound).toBe(false);
  });

  test("single keys can be switched off", async () => {
    await press("Single-key shortcuts", "switch");
    expect(useSettings.getState().singleKeys).toBe(false);
  });

  test("the introduction can be shown again, and everything reset", async () => {
    useSettings.setState({ onboardingSteps: 4, drawerHeight: 300 });
    await press("Show again");
    expect(useSettings.getState()).toMatchObject({ onboardingSteps: 0, drawerHeight: 300 });
    await press("Reset all");
    expect(useSettings.getState()).toEqual(DEFAULT_SETTINGS);
  });
});
