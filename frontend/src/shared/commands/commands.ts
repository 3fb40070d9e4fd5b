import { create } from "zustand";

export type CommandGroup = "chart" | "signal" | "go" | "setting";

/** Something that the reader can have done, by key or from the palette. */
export interface Command {
  readonly id: string;
  readonly group: CommandGroup;
  /** What it does, as the palette and the sheet of keys say it. */
  readonly name: string;
  /** One key ("j", "?", "/"), or a chord with "mod+", which is Ctrl, or ⌘ on a Mac. */
  readonly key?: string;
  readonly run: () => void;
}

/** The commands of all that is on screen, in the order in which they came. */
export const useCommands = create<readonly Command[]>(() => []);

/** Offers a command until the returned function takes it back. */
export function offer(command: Command): () => void {
  useCommands.setState((commands) => [...commands, command], true);
  return () => useCommands.setState((commands) => commands.filter((one) => one !== command), true);
}

/** Runs an offered command from elsewhere, as a button that stands for it does. */
export function runCommand(id: string): void {
  useCommands
    .getState()
    .findLast((command) => command.id === id)
    ?.run();
}

/** Whether "mod" is ⌘ here. */
export function isApple(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.userAgent);
}

interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** "mod+k" for Ctrl+K or ⌘K, "j" for J; null for what can be no command. */
export function nameOfKey({ key, ctrlKey, metaKey, altKey }: Pressed): string | null {
  if (altKey || key.length !== 1) return null;
  const name = key.toLowerCase();
  return ctrlKey || metaKey ? `mod+${name}` : name;
}

/** The command that a key means; the one offered last wins. */
export function meant(
  commands: readonly Command[],
  name: string,
  singleKeys: boolean,
): Command | undefined {
  if (!singleKeys && !name.startsWith("mod+")) return undefined;
  return commands.findLast(({ key }) => key === name);
}
