import { expect, test, vi } from "vitest";
import { keyCaps } from "./key-caps";

test("a single key is its cap", () => {
  vi.stubGlobal("navigator", { userAgent: "Linux" });
  expect(keyCaps("j")).toEqual(["J"]);
  expect(keyCaps("?")).toEqual(["?"]);
});

test("a chord names the modifier of the machine", () => {
  vi.stubGlobal("navigator", { userAgent: "X11; Linux x86_64" });
  expect(keyCaps("mod+k")).toEqual(["Ctrl", "K"]);
  vi.stubGlobal("navigator", { userAgent: "Macintosh; Intel Mac OS X" });
  expect(keyCaps("mod+k")).toEqual(["⌘", "K"]);
});
