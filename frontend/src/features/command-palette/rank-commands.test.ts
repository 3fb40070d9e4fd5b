import { expect, test } from "vitest";
import type { Command } from "@/shared/commands/commands";
import { rankCommands } from "./rank-commands";

function command(group: Command["group"], name: string, id = name): Command {
  return { id, group, name, run: () => undefined };
}

const OFFERED = [
  command("chart", "1h · 1 hour"),
  command("go", "Signals"),
  command("setting", "Light theme"),
  command("go", "Settings"),
];

function shown(typed: string): readonly string[] {
  return rankCommands(OFFERED, typed).map(({ group, found }) => {
    return `${group}: ${found.map(({ command: { name } }) => name).join(", ")}`;
  });
}

test("nothing typed shows everything by group, as it was offered", () => {
  expect(shown("")).toEqual([
    "chart: 1h · 1 hour",
    "go: Signals, Settings",
    "setting: Light theme",
  ]);
});

test("the group of the best fit comes first", () => {
  expect(shown("l")).toEqual(["setting: Light theme", "go: Signals"]);
});

test("what fits nothing is not there", () => {
  expect(shown("zzz")).toEqual([]);
});

test("a command that was offered twice is shown once", () => {
  const twice = [command("go", "Old", "same"), command("go", "New", "same")];
  expect(rankCommands(twice, "")[0]?.found.map(({ command: { name } }) => name)).toEqual(["New"]);
});
