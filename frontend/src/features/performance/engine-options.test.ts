import { describe, expect, test } from "vitest";
import { breakdown } from "./breakdown-builder";
import { engineOptions } from "./engine-options";

const REBUILT = { origin: "historical", engineVersion: null, since: null } as const;

describe("engine options", () => {
  test("without a choice they are every live engine, or the current one's rebuilt signals", () => {
    expect(engineOptions({ ...REBUILT, origin: "live" }, undefined)[0]?.name).toBe("Every engine");
    expect(engineOptions(REBUILT, undefined)[0]?.name).toBe("The current one");
  });

  test("each engine with an outcome says how many it has", () => {
    expect(engineOptions(REBUILT, breakdown()).map(({ name }) => name)).toEqual([
      "The current one",
      "716c70326d5d (100)",
    ]);
  });

  test("an engine of which nothing is known stays the chosen one", () => {
    const options = engineOptions({ ...REBUILT, engineVersion: "ab12" }, breakdown());
    expect(options.at(-1)).toEqual({ value: "ab12", name: "ab12" });
  });
});
