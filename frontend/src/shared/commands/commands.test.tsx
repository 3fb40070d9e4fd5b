// @vitest-environment jsdom
import { cleanup, render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { changeSettings } from "@/shared/settings/settings";
import { nameOfKey, useCommands } from "./commands";
import { useCommand, useCommandKeys } from "./use-command";

const next = vi.fn();
const palette = vi.fn();

function Screen({ isSignalShown = true }) {
  useCommandKeys();
  useCommand({ id: "palette", group: "go", name: "All commands", key: "mod+k", run: palette });
  return isSignalShown ? <Signal /> : <input aria-label="search" />;
}

function Signal() {
  useCommand({ id: "next", group: "signal", name: "Next signal", key: "j", run: next });
  return <input aria-label="note" />;
}

beforeEach(() => {
  next.mockReset();
  palette.mockReset();
  changeSettings({ singleKeys: true });
});

afterEach(cleanup);

describe("commands", () => {
  test("a key runs the command that is on screen", async () => {
    const { rerender } = render(<Screen />);
    await userEvent.keyboard("j");
    rerender(<Screen isSignalShown={false} />);
    await userEvent.keyboard("j");
    expect(next).toHaveBeenCalledOnce();
    expect(useCommands.getState().map(({ id }) => id)).toEqual(["palette"]);
  });

  test("in a field only chords are commands", async () => {
    const { getByLabelText } = render(<Screen />);
    await userEvent.type(getByLabelText("note"), "j");
    await userEvent.keyboard("{Control>}k{/Control}");
    expect(next).not.toHaveBeenCalled();
    expect(palette).toHaveBeenCalledOnce();
  });

  test("single keys can be switched off", async () => {
    render(<Screen />);
    changeSettings({ singleKeys: false });
    await userEvent.keyboard("j");
    await userEvent.keyboard("{Meta>}k{/Meta}");
    expect(next).not.toHaveBeenCalled();
    expect(palette).toHaveBeenCalledOnce();
  });

  test("keys that write nothing are no commands", () => {
    const plain = { ctrlKey: false, metaKey: false, altKey: false };
    expect(nameOfKey({ ...plain, key: "Shift" })).toBeNull();
    expect(nameOfKey({ ...plain, key: "j", altKey: true })).toBeNull();
    expect(nameOfKey({ ...plain, key: "?" })).toBe("?");
  });
});
