// @vitest-environment jsdom
import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DEFAULT_SETTINGS, useSettings } from "@/shared/settings/settings";
import { Onboarding } from "./Onboarding";

async function press(name: string): Promise<void> {
  await userEvent.click(screen.getByRole("button", { name }));
}

function title(): string | null {
  return screen.queryByRole("heading", { level: 3 })?.textContent ?? null;
}

beforeEach(() => {
  useSettings.setState(DEFAULT_SETTINGS);
});

afterEach(() => {
  cleanup();
  useSettings.setState(DEFAULT_SETTINGS);
});

describe("introduction", () => {
  test("four steps lead to its end", async () => {
    render(<Onboarding />);
    const titles = [title()];
    for (const name of ["Next", "Next", "Next"]) {
      await press(name);
      titles.push(title());
    }
    expect(new Set(titles).size).toBe(4);
    await press("Done");
    expect(title()).toBeNull();
  });

  test("it remembers where it was", async () => {
    render(<Onboarding />);
    await press("Next");
    cleanup();
    render(<Onboarding />);
    expect(title()).toBe("Why it says so");
    await press("Back");
    expect(title()).toBe("What a signal claims");
  });

  test("it is dismissed at any step and stays away", async () => {
    render(<Onboarding />);
    await press("Dismiss the introduction");
    cleanup();
    render(<Onboarding />);
    expect(title()).toBeNull();
  });

  test("a remembered step that cannot be is the first one", () => {
    useSettings.setState({ onboardingSteps: -3 });
    render(<Onboarding />);
    expect(title()).toBe("What a signal claims");
  });
});
