import { expect, test } from "vitest";
import { DEFAULT_SETTINGS, type Settings } from "@/shared/settings/settings";
import { differentSettings } from "./different-settings";

function names(settings: Settings): readonly string[] {
  return differentSettings(settings).map(({ name }) => name);
}

test("what is set so already is not offered", () => {
  expect(names(DEFAULT_SETTINGS)).toEqual([
    "Dark theme",
    "Light theme",
    "Colour-blind safe candles",
    "Times in my own zone",
    "Switch single-key shortcuts off",
    "Switch the signal tone on",
  ]);
});

test("a choice can be taken back", () => {
  const changed = { ...DEFAULT_SETTINGS, theme: "dark", timeZone: "local", sound: true } as const;
  expect(names(changed)).toEqual(
    expect.arrayContaining(["Theme of the system", "Times in UTC", "Switch the signal tone off"]),
  );
  expect(names(changed)).not.toContain("Dark theme");
});
