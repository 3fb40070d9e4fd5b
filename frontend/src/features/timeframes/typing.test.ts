import { describe, expect, test } from "vitest";
import { typeKey } from "./typing";

function type(...keys: string[]) {
  let result = typeKey("", "");
  for (const key of keys) result = typeKey(result.typed, key);
  return result;
}

describe("typing a timeframe", () => {
  test("a number of minutes and Enter chooses", () => {
    expect(type("1", "5", "Enter")).toEqual({ typed: "", chosen: "15m" });
    expect(type("6", "0", "Enter").chosen).toBe("1h");
    expect(type("4", "h", "Enter").chosen).toBe("4h");
  });

  test("a letter alone starts nothing", () => {
    expect(type("h")).toEqual({ typed: "", chosen: null });
  });

  test("Escape forgets and Backspace corrects", () => {
    expect(type("1", "5", "Escape").typed).toBe("");
    expect(type("1", "5", "Backspace", "Enter").chosen).toBe("1m");
  });

  test("an unknown timeframe chooses nothing", () => {
    expect(type("7", "Enter")).toEqual({ typed: "", chosen: null });
  });

  test("other keys and endless digits change nothing", () => {
    expect(type("1", "Shift", "ArrowLeft").typed).toBe("1");
    expect(type("1", "4", "4", "0", "0").typed).toBe("1440");
  });
});
