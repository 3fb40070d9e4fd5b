import type { Command, CommandGroup } from "@/shared/commands/commands";

const ORDER: readonly CommandGroup[] = ["chart", "signal", "go", "setting"];

export type KeyedCommand = Command & { readonly key: string };

export interface KeyedGroup {
  readonly group: CommandGroup;
  readonly commands: readonly KeyedCommand[];
}

function isKeyed(command: Command): command is KeyedCommand {
  return command.key !== undefined;
}

/** The commands that have keys, by group; of two on one key the one that it means. */
export function keyedGroups(commands: readonly Command[]): readonly KeyedGroup[] {
  const byKey = new Map(commands.filter(isKeyed).map((command) => [command.key, command]));
  const meant = [...byKey.values()];
  return ORDER.map((group) => ({
    group,
    commands: meant.filter((command) => command.group === group),
  })).filter((one) => one.commands.length > 0);
}
