// @vitest-environment jsdom
import { act, cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { runCommand } from "@/shared/commands/commands";
import { useCommand, useCommandKeys } from "@/shared/commands/use-command";
import { DEFAULT_SETTINGS, useSettings } from "@/shared/settings/settings";
import { fakeDialogs } from "@/shared/ui/fake-dialogs";
import { KeySheet } from "./KeySheet";

function Screen() {
  useCommandKeys();
  useCommand({
    id: "next",
    group: "signal",
    name: "Next signal",
    key: "j",
    run: () => undefined,
  });
  return <KeySheet />;
}

beforeEach(() => {
  fakeDialogs();
  useSettings.setState(DEFAULT_SETTINGS);
  render(<Screen />);
});

afterEach(() => {
  cleanup();
  useSettings.setState(DEFAULT_SETTINGS);
});

describe("sheet of keys", () => {
  test("its key shows each key and what it does", async () => {
    await userEvent.keyboard("?");
    const row = (await screen.findByText("Next signal")).parentElement;
    expect(row?.textContent).toBe("Next signalJ");
    expect(screen.getByText("Walk the bars")).toBeTruthy();
  });

  test("with single keys off it says so and switches them on", async () => {
    useSettings.setState({ singleKeys: false });
    await userEvent.keyboard("?");
    expect(screen.queryByText("Next signal")).toBeNull();
    act(() => runCommand("keys"));
    await userEvent.click(await screen.findByRole("button", { name: "Switch them on" }));
    expect(useSettings.getState().singleKeys).toBe(true);
  });
});
