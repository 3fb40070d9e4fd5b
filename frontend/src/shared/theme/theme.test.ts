// @vitest-environment jsdom
import { beforeEach, describe, expect, test, vi } from "vitest";
import { chooseTheme, currentTheme } from "./theme";

let prefersLight: boolean;

beforeEach(() => {
  prefersLight = false;
  localStorage.clear();
  delete document.documentElement.dataset["theme"];
  vi.stubGlobal("matchMedia", () => ({ matches: prefersLight }));
});

describe("theme", () => {
  test("without a choice the system's preference stands", () => {
    expect(currentTheme()).toBe("dark");
    prefersLight = true;
    expect(currentTheme()).toBe("light");
  });

  test("a choice outlives the system's preference and is remembered", () => {
    chooseTheme("light");
    expect(currentTheme()).toBe("light");
    expect(localStorage.getItem("theme")).toBe("light");
  });

  test("choosing what the system prefers follows the system again", () => {
    chooseTheme("light");
    chooseTheme("dark");
    expect(localStorage.getItem("theme")).toBeNull();
    prefersLight = true;
    expect(currentTheme()).toBe("light");
  });

  test("a browser that blocks storage still switches", () => {
    vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
      throw new DOMException("blocked");
    });
    chooseTheme("light");
    expect(currentTheme()).toBe("light");
  });
});
