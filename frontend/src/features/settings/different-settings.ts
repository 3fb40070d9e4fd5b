import type { Settings } from "@/shared/settings/settings";
import { text } from "@/shared/text";

export interface Different {
  readonly name: string;
  readonly part: Partial<Settings>;
}

const say = text.settings.command;

const ALL: readonly Different[] = [
  { name: say.theme.dark, part: { theme: "dark" } },
  { name: say.theme.light, part: { theme: "light" } },
  { name: say.theme.system, part: { theme: "system" } },
  { name: say.palette["colour-blind"], part: { palette: "colour-blind" } },
  { name: say.palette.standard, part: { palette: "standard" } },
  { name: say.zone.local, part: { timeZone: "local" } },
  { name: say.zone.utc, part: { timeZone: "utc" } },
  { name: say.keysOff, part: { singleKeys: false } },
  { name: say.keysOn, part: { singleKeys: true } },
  { name: say.soundOn, part: { sound: true } },
  { name: say.soundOff, part: { sound: false } },
];

/** The settings that would change something. */
export function differentSettings(settings: Settings): readonly Different[] {
  const isSet = ({ part }: Different) =>
    Object.entries(part).every(([name, value]) => settings[name as keyof Settings] === value);
  return ALL.filter((one) => !isSet(one));
}
