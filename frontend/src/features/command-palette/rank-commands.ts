import type { Command, CommandGroup } from "@/shared/commands/commands";
import { compareMatches, matchCommand, type Match } from "./match-command";

export interface Found {
  readonly command: Command;
  readonly match: Match;
}

export interface FoundGroup {
  readonly group: CommandGroup;
  readonly found: readonly Found[];
}

/** What was offered twice under one id is one command, the later one. */
function distinct(commands: readonly Command[]): readonly Command[] {
  return [...new Map(commands.map((command) => [command.id, command])).values()];
}

/** The commands that fit, best first within their group, and the group of the best one first. */
export function rankCommands(commands: readonly Command[], typed: string): readonly FoundGroup[] {
  const found = distinct(commands)
    .flatMap((command) => {
      const match = matchCommand(typed, command.name);
      return match ? [{ command, match }] : [];
    })
    .toSorted((a, b) => compareMatches(a.match, b.match));
  const groups = [...new Set(found.map(({ command }) => command.group))];
  return groups.map((group) => ({
    group,
    found: found.filter(({ command }) => command.group === group),
  }));
}
