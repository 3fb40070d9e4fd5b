// @vitest-environment jsdom
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, test, vi } from "vitest";
import { OlderBars } from "./OlderBars";
import type { Candles } from "./use-candles";

function candles(change: Partial<Candles>): Candles {
  return {
    bars: [],
    closed: [],
    isEmpty: false,
    error: null,
    retry: vi.fn(),
    wantOlder: vi.fn(),
    isReadingOlder: false,
    isAtStart: false,
    olderError: null,
    retryOlder: vi.fn(),
    ...change,
  };
}

afterEach(cleanup);

describe("older bars", () => {
  test("where the oldest stored bar is in view it is said that nothing is older", () => {
    render(<OlderBars candles={candles({ isAtStart: true })} isUnreached={false} isFirstSeen />);
    expect(screen.getByText("Oldest bar stored")).toBeTruthy();
  });

  test("nothing is said while the oldest bar is out of view, or may not be the oldest", () => {
    const { container, rerender } = render(
      <OlderBars candles={candles({ isAtStart: true })} isUnreached={false} isFirstSeen={false} />,
    );
    expect(container.textContent).toBe("");
    rerender(<OlderBars candles={candles({})} isUnreached={false} isFirstSeen />);
    expect(container.textContent).toBe("");
  });
});
