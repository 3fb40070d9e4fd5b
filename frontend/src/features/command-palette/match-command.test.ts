import { describe, expect, test } from "vitest";
import { compareMatches, matchCommand } from "./match-command";

function fit(typed: string, name: string) {
  return matchCommand(typed, name)?.fit ?? null;
}

function ranked(typed: string, ...names: readonly string[]): readonly string[] {
  return names
    .map((name) => ({ name, match: matchCommand(typed, name) }))
    .flatMap(({ name, match }) => (match ? [{ name, match }] : []))
    .toSorted((a, b) => compareMatches(a.match, b.match))
    .map(({ name }) => name);
}

describe("matching a command", () => {
  test.each([
    ["da", "Dark theme", "start"],
    ["the", "Dark theme", "word"],
    ["ark", "Dark theme", "inside"],
    ["theme dark", "Dark theme", "words"],
    ["dkt", "Dark theme", "letters"],
    ["1h", "1h · 1 hour", "start"],
    ["x", "Dark theme", null],
    ["emehtkrad", "Dark theme", null],
  ])("%j fits %j as %s", (typed, name, expected) => {
    expect(fit(typed, name)).toBe(expected);
  });

  test("letters in order count only from the start of a word", () => {
    expect(fit("pfm", "Performance")).toBe("letters");
    expect(fit("rfm", "Performance")).toBeNull();
  });

  test("nothing typed fits everything", () => {
    expect(fit("  ", "Dark theme")).toBe("start");
  });

  test("the letters that were meant are told, at a word's start if they can be", () => {
    expect(matchCommand("t", "Light theme")?.letters).toEqual([6]);
    expect(matchCommand("theme dark", "Dark theme")?.letters).toEqual([0, 1, 2, 3, 5, 6, 7, 8, 9]);
  });

  test("better fits come first, and equals keep their order", () => {
    expect(ranked("s", "Next signal", "Light theme", "Status", "Settings", "Keys")).toEqual([
      "Status",
      "Settings",
      "Next signal",
      "Keys",
    ]);
  });
});
