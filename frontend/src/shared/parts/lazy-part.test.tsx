// @vitest-environment jsdom
import { act, cleanup, render, screen } from "@testing-library/react";
import { Suspense } from "react";
import { afterEach, expect, test, vi } from "vitest";
import { lazyPart, loadParts } from "./lazy-part";

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const Shown = () => <p>a part</p>;

test("parts are loaded before they are shown, each once", async () => {
  const load = vi.fn(() => Promise.resolve(Shown));
  lazyPart(load);
  await loadParts();
  await loadParts();
  expect(load).toHaveBeenCalledOnce();
});

test("a part that could not be loaded is loaded when it is shown, and keeps no other back", async () => {
  const load = vi.fn(() => Promise.resolve(Shown)).mockRejectedValueOnce(new Error("offline"));
  const next = vi.fn(() => Promise.resolve(Shown));
  const Part = lazyPart(load);
  lazyPart(next);
  await loadParts();
  expect(next).toHaveBeenCalledOnce();
  render(
    <Suspense>
      <Part />
    </Suspense>,
  );
  expect(await screen.findByText("a part")).toBeTruthy();
});

test("a part that is shown without a network waits for one", async () => {
  vi.useFakeTimers();
  const load = vi.fn(() => Promise.resolve(Shown));
  load.mockRejectedValueOnce(new Error("offline")).mockRejectedValueOnce(new Error("offline"));
  const Part = lazyPart(load);
  render(
    <Suspense fallback="waiting">
      <Part />
    </Suspense>,
  );
  expect(screen.getByText("waiting")).toBeTruthy();
  await act(() => vi.advanceTimersByTimeAsync(3_000));
  expect(screen.getByText("a part")).toBeTruthy();
});
