import { expect, test } from "vitest";
import type { Command } from "@/shared/commands/commands";
import { keyedGroups } from "./keyed-groups";

function command(group: Command["group"], name: string, key?: string): Command {
  return { id: name, group, name, run: () => undefined, ...(key !== undefined && { key }) };
}

test("only what has a key is listed, in the order of the groups", () => {
  const offered = [
    command("go", "All commands", "mod+k"),
    command("go", "Status"),
    command("chart", "Indicators", "/"),
  ];
  const listed = keyedGroups(offered).map(({ group, commands }) => [group, commands[0]?.name]);
  expect(listed).toEqual([
    ["chart", "Indicators"],
    ["go", "All commands"],
  ]);
});

test("of two commands on one key the later is the one that it means", () => {
  const offered = [command("signal", "Old", "w"), command("signal", "New", "w")];
  expect(keyedGroups(offered)[0]?.commands.map(({ name }) => name)).toEqual(["New"]);
});
