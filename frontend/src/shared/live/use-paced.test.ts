// @vitest-environment jsdom
import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { usePaced } from "./use-paced";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

test("a hundred values in a second are shown four or five times, and the last one arrives", () => {
  const shown = new Set<number>();
  const { rerender, result } = renderHook(({ value }) => usePaced(value, 250), {
    initialProps: { value: 0 },
  });
  for (let value = 1; value <= 100; value += 1) {
    rerender({ value });
    act(() => void vi.advanceTimersByTime(10));
    shown.add(result.current);
  }
  act(() => void vi.advanceTimersByTime(250));
  expect(result.current).toBe(100);
  expect(shown.size).toBeLessThanOrEqual(6);
  expect(shown.size).toBeGreaterThanOrEqual(4);
});
