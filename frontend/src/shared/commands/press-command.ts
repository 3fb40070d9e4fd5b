import { act } from "@testing-library/react";
import { useCommands } from "./commands";

/** For tests: does what a key means on the page that is shown. */
export function pressCommand(key: string): void {
  act(() =>
    useCommands
      .getState()
      .find((command) => command.key === key)
      ?.run(),
  );
}
