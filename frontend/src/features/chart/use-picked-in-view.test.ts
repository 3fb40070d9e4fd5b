// @vitest-environment jsdom
import { act, cleanup, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { selectSignal } from "@/shared/signals/selection";
import { tradeSignal } from "@/shared/signals/signal-builder";
import { minuteBars, START_MS } from "./bar-builder";
import type { ChartCanvas } from "./chart-canvas";
import type { ChartScene } from "./use-chart-scene";
import { usePickedInView } from "./use-picked-in-view";

const MINUTE_MS = 60_000;
const reveal = vi.fn();
const wantOlder = vi.fn();
const canvas = { current: { reveal } as unknown as ChartCanvas };

function sceneFrom(firstMinute: number): ChartScene {
  const candles = { closed: minuteBars(firstMinute, 50), wantOlder, isAtStart: false };
  return { symbol: "ETH/USDT", timeframe: "1m", candles } as unknown as ChartScene;
}

function pick(minute: number): void {
  const timestamp = START_MS + minute * MINUTE_MS;
  act(() => selectSignal(tradeSignal({ id: `s${minute}`, timeframe: "1m", timestamp })));
}

beforeEach(() => vi.clearAllMocks());

afterEach(() => {
  cleanup();
  selectSignal(null);
});

test("the chart moves to a signal that is picked, once", () => {
  const { rerender } = renderHook((scene) => usePickedInView(canvas, scene), {
    initialProps: sceneFrom(0),
  });
  pick(20);
  rerender(sceneFrom(0));
  expect(reveal).toHaveBeenCalledExactlyOnceWith(START_MS + 20 * MINUTE_MS);
});

test("a signal that is older than the bars has them read back to it first", () => {
  const { rerender } = renderHook((scene) => usePickedInView(canvas, scene), {
    initialProps: sceneFrom(30),
  });
  pick(20);
  expect(reveal).not.toHaveBeenCalled();
  expect(wantOlder).toHaveBeenCalledOnce();
  rerender(sceneFrom(0));
  expect(reveal).toHaveBeenCalledOnce();
});

test("a signal of another timeframe moves nothing", () => {
  renderHook(() => usePickedInView(canvas, sceneFrom(0)));
  act(() => selectSignal(tradeSignal({ timeframe: "4h" })));
  expect([reveal.mock.calls, wantOlder.mock.calls]).toEqual([[], []]);
});
