// @vitest-environment jsdom
import { QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { BarRange, IndicatorPage } from "@/shared/api/analysis-api";
import { ApiError } from "@/shared/api/api-error";
import { ApisContext } from "@/shared/api/apis";
import { fakeApis } from "@/shared/api/fake-apis";
import { createQueryClient } from "@/shared/api/query-client";
import { FakeLive } from "@/shared/live/fake-live";
import { LiveContext } from "@/shared/live/live-context";
import type { Bar } from "@/shared/market/bar";
import { minuteBars } from "./bar-builder";
import { useIndicatorValues } from "./use-indicator-values";

const MINUTE_MS = 60_000;

/** The bars that the platform has, whose RSI is their close. */
let stored: readonly Bar[];
let asked: BarRange[];
let isRefused: boolean;

function pageOf(range: BarRange): Promise<IndicatorPage> {
  asked.push(range);
  if (isRefused) return Promise.reject(new ApiError("refused", 400, null));
  const bars = stored.filter(({ openMs }) => openMs >= range.sinceMs && openMs < range.untilMs);
  return Promise.resolve({
    symbol: "ETHUSDT",
    timeframe: "1m",
    closedUntil: (stored.at(-1)?.openMs ?? 0) + MINUTE_MS,
    timestamps: bars.map(({ openMs }) => openMs),
    indicators: { rsi: bars.map(({ close }) => close), newest: bars.map(() => 1) },
    missing: [],
  } as unknown as IndicatorPage);
}

function renderValues(closed: readonly Bar[]) {
  const apis = fakeApis({ analysis: { history: pageOf } });
  const client = createQueryClient();
  const live = new FakeLive();
  const wrapper = ({ children }: { readonly children: ReactNode }) => (
    <QueryClientProvider client={client}>
      <ApisContext value={apis}>
        <LiveContext value={live.session}>{children}</LiveContext>
      </ApisContext>
    </QueryClientProvider>
  );
  return renderHook(({ bars }) => useIndicatorValues("ETH/USDT", "1m", bars), {
    wrapper,
    initialProps: { bars: closed },
  });
}

function rsiOf({ values }: ReturnType<typeof useIndicatorValues>, bars: readonly Bar[]) {
  return bars.map(({ openMs }) => values.get(openMs)?.rsi);
}

beforeEach(() => {
  stored = minuteBars(0, 1_200);
  asked = [];
  isRefused = false;
});

afterEach(cleanup);

describe("indicator values", () => {
  test("cover the bars in stretches, older ones when they are there", async () => {
    const newest = minuteBars(900, 1_200);
    const { result, rerender } = renderValues(newest);
    await waitFor(() => expect(rsiOf(result.current, newest)).toEqual(newest.map((b) => b.close)));
    const before = asked.length;
    rerender({ bars: stored });
    await waitFor(() => expect(rsiOf(result.current, stored)).toEqual(stored.map((b) => b.close)));
    expect(asked.slice(before).every(({ untilMs }) => untilMs <= (newest[0]?.openMs ?? 0))).toBe(
      true,
    );
  });

  test("a bar that closes is read alone", async () => {
    const first = minuteBars(0, 10);
    stored = first;
    const { result, rerender } = renderValues(first);
    await waitFor(() => expect(result.current.values.size).toBe(10));
    stored = minuteBars(0, 11);
    act(() => rerender({ bars: stored }));
    await waitFor(() => expect(result.current.values.size).toBe(11));
    expect(asked.at(-1)?.sinceMs).toBe(stored.at(-1)?.openMs);
  });

  test("without bars nothing is asked", () => {
    const { result } = renderValues([]);
    expect(result.current.values.size).toBe(0);
    expect(asked).toEqual([]);
  });

  test("what cannot be read is an error that can be tried again", async () => {
    isRefused = true;
    const { result } = renderValues(minuteBars(0, 10));
    await waitFor(() => expect(result.current.error?.message).toBe("refused"));
    isRefused = false;
    act(() => result.current.retry());
    await waitFor(() => expect(result.current.error).toBeNull());
    expect(result.current.values.size).toBeGreaterThanOrEqual(10);
  });
});
