// @vitest-environment jsdom
import { act, cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { runCommand } from "@/shared/commands/commands";
import { changeSettings } from "@/shared/settings/settings";
import { TimeframeStrip } from "./TimeframeStrip";

function pressed(): string[] {
  const buttons = screen.getAllByRole("button", { pressed: true });
  return buttons.map((button) => button.textContent);
}

beforeEach(() => {
  history.replaceState(null, "", "?s=ETH-USDT&tf=15m");
  render(<TimeframeStrip />);
});

afterEach(cleanup);

describe("timeframe strip", () => {
  test("the timeframe of the URL is pressed", () => {
    expect(pressed()).toEqual(["15m"]);
  });

  test("a click switches it, in the URL too", async () => {
    await userEvent.click(screen.getByTestId("timeframe-4h"));
    expect(pressed()).toEqual(["4h"]);
    expect(location.search).toBe("?s=ETH-USDT&tf=4h");
  });

  test("a number of minutes and Enter switches it", async () => {
    await userEvent.keyboard("60");
    expect(screen.getByText("1 hour · Enter")).toBeTruthy();
    await userEvent.keyboard("{Enter}");
    expect(pressed()).toEqual(["1h"]);
    expect(screen.queryByText("1 hour · Enter")).toBeNull();
  });

  test("Enter after a number does not press the button that has the focus", async () => {
    await userEvent.click(screen.getByTestId("timeframe-4h"));
    await userEvent.keyboard("5{Enter}");
    expect(pressed()).toEqual(["5m"]);
  });

  test("with single keys off a number means nothing", async () => {
    act(() => changeSettings({ singleKeys: false }));
    await userEvent.keyboard("60{Enter}");
    expect(pressed()).toEqual(["15m"]);
    act(() => changeSettings({ singleKeys: true }));
  });

  test("each timeframe is a command", () => {
    act(() => runCommand("timeframe 4h"));
    expect(pressed()).toEqual(["4h"]);
  });
});
