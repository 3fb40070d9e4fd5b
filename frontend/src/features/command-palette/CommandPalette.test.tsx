// @vitest-environment jsdom
import { cleanup, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { useCommand, useCommandKeys } from "@/shared/commands/use-command";
import { fakeDialogs } from "@/shared/ui/fake-dialogs";
import { CommandPalette } from "./CommandPalette";
import { PaletteButton } from "./PaletteButton";

const dark = vi.fn();
const light = vi.fn();

function Screen() {
  useCommandKeys();
  useCommand({ id: "light", group: "setting", name: "Light theme", run: light });
  useCommand({ id: "dark", group: "setting", name: "Dark theme", run: dark });
  return (
    <>
      <PaletteButton />
      <CommandPalette />
    </>
  );
}

async function openByKey(): Promise<HTMLElement> {
  await userEvent.keyboard("{Control>}k{/Control}");
  return screen.findByRole("combobox");
}

function marked(): string | null {
  const id = screen.getByRole("combobox").getAttribute("aria-activedescendant");
  return document.getElementById(id ?? "")?.textContent ?? null;
}

beforeEach(() => {
  fakeDialogs();
  dark.mockReset();
  light.mockReset();
  Element.prototype.scrollIntoView = () => undefined;
  render(<Screen />);
});

afterEach(cleanup);

describe("command palette", () => {
  test("its key opens it with the focus in its field", async () => {
    const field = await openByKey();
    await waitFor(() => expect(document.activeElement).toBe(field));
    expect(marked()).toBe("Light theme");
  });

  test("what is typed finds, Enter runs and closes", async () => {
    await openByKey();
    await userEvent.keyboard("dark{Enter}");
    expect(dark).toHaveBeenCalledOnce();
    expect(light).not.toHaveBeenCalled();
    expect(screen.queryByRole("combobox")).toBeNull();
  });

  test("arrows walk around the commands", async () => {
    await openByKey();
    await userEvent.keyboard("{ArrowDown}");
    expect(marked()).toBe("Dark theme");
    await userEvent.keyboard("{ArrowDown}");
    expect(marked()).toBe("Light theme");
    await userEvent.keyboard("{ArrowUp}{Enter}");
    expect(dark).toHaveBeenCalledOnce();
  });

  test("the button opens it, and a click runs", async () => {
    await userEvent.click(screen.getByTestId("palette-button"));
    await userEvent.click(await screen.findByRole("option", { name: "Dark theme" }));
    expect(dark).toHaveBeenCalledOnce();
  });

  test("a name that nothing has is said, and Enter does nothing", async () => {
    await openByKey();
    await userEvent.keyboard("zzz{Enter}");
    expect(screen.getByText("No command is called “zzz”.")).toBeTruthy();
    expect(screen.getByRole("combobox").getAttribute("aria-activedescendant")).toBeNull();
  });

  test("its own key closes it", async () => {
    await openByKey();
    await userEvent.keyboard("{Control>}k{/Control}");
    expect(screen.queryByRole("combobox")).toBeNull();
  });
});
