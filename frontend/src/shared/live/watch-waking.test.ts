// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { watchWaking } from "./watch-waking";

let wakes: number;
let stop: () => void;

function show(state: DocumentVisibilityState): void {
  vi.spyOn(document, "visibilityState", "get").mockReturnValue(state);
  document.dispatchEvent(new Event("visibilitychange"));
}

beforeEach(() => {
  vi.useFakeTimers();
  wakes = 0;
  stop = watchWaking(() => (wakes += 1));
});

afterEach(() => {
  stop();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test("a page that is looked at again is awake, one that is looked away from is not", () => {
  show("hidden");
  expect(wakes).toBe(0);
  show("visible");
  expect(wakes).toBe(1);
});

test("a thawed page and a network that is back wake", () => {
  document.dispatchEvent(new Event("resume"));
  window.dispatchEvent(new Event("online"));
  expect(wakes).toBe(2);
});

test("only a page out of the history wakes by being shown", () => {
  window.dispatchEvent(new PageTransitionEvent("pageshow", { persisted: false }));
  expect(wakes).toBe(0);
  window.dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
  expect(wakes).toBe(1);
});

test("a machine that slept is noticed by its clock, ordinary time is not", () => {
  vi.advanceTimersByTime(600_000);
  expect(wakes).toBe(0);
  vi.setSystemTime(Date.now() + 3_600_000);
  vi.advanceTimersByTime(10_000);
  expect(wakes).toBe(1);
});

test("the late timers of a hidden page are no waking", () => {
  show("hidden");
  vi.setSystemTime(Date.now() + 60_000);
  vi.advanceTimersByTime(10_000);
  expect(wakes).toBe(0);
});

test("nothing wakes after the watch has ended", () => {
  stop();
  show("visible");
  window.dispatchEvent(new Event("online"));
  vi.setSystemTime(Date.now() + 3_600_000);
  vi.advanceTimersByTime(20_000);
  expect(wakes).toBe(0);
});
