import type { CommandGroup } from "@/shared/commands/commands";

const GROUPS: Readonly<Record<CommandGroup, string>> = {
  chart: "Chart",
  signal: "Signal",
  go: "Go to",
  setting: "Settings",
};

export const commands = {
  group: (group: CommandGroup) => GROUPS[group],
  showChart: "Show as a chart",
  palette: {
    title: "Commands",
    open: "All commands",
    field: "What do you want to do?",
    results: "Commands",
    none: (query: string) => `No command is called “${query}”.`,
    found: (count: number) => (count === 1 ? "1 command" : `${count} commands`),
  },
  keys: {
    title: "Keys",
    open: "Show all keys",
    timeframe: { name: "Type the minutes of a timeframe", keys: ["1", "5", "Enter"] },
    chart: "On the chart",
    onChart: [
      { name: "Walk the bars", keys: ["←", "→"] },
      { name: "Ten bars at once", keys: ["Shift", "←", "→"] },
      { name: "First and newest bar", keys: ["Home", "End"] },
      { name: "Back to the newest", keys: ["Esc"] },
    ],
    areOff: "Keys without Ctrl or ⌘ are switched off.",
    switchOn: "Switch them on",
  },
} as const;
