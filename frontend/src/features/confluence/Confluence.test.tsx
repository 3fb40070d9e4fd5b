// @vitest-environment jsdom
import { QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, render, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ApiError } from "@/shared/api/api-error";
import { ApisContext } from "@/shared/api/apis";
import { fakeApis } from "@/shared/api/fake-apis";
import { createQueryClient } from "@/shared/api/query-client";
import type { SignalsApi } from "@/shared/api/signals-api";
import { FakeLive } from "@/shared/live/fake-live";
import { LiveContext } from "@/shared/live/live-context";
import type { Timeframe } from "@/shared/market/timeframe";
import { tradeSignal } from "@/shared/signals/signal-builder";
import { text } from "@/shared/text";
import { Confluence } from "./Confluence";
import { DECIDED_WITHIN_MS } from "./freshness";

const HOUR = 3_600_000;
const NOW = Date.UTC(2024, 7, 5, 12, 30);

let live: FakeLive;
let asked: Timeframe[];

/** Every timeframe has decided its newest closed bar, but the hourly one, which lags as told. */
function decided(hoursBehind = 0): SignalsApi["history"] {
  return (_, timeframe, { signalType }) => {
    if (signalType === undefined) asked.push(timeframe);
    const openMs = timeframe === "1h" ? Date.UTC(2024, 7, 5, 11) - hoursBehind * HOUR : NOW;
    const signal = tradeSignal({ timeframe, timestamp: openMs });
    return Promise.resolve({ signals: [signal], nextCursor: null });
  };
}

function renderMatrix(history: SignalsApi["history"]): void {
  render(
    <QueryClientProvider client={createQueryClient()}>
      <ApisContext value={fakeApis({ signals: { history } })}>
        <LiveContext value={live.session}>
          <Confluence />
        </LiveContext>
      </ApisContext>
    </QueryClientProvider>,
  );
}

async function tick(timestamp: number): Promise<void> {
  await act(async () => {
    live.socket.push("price_update", { symbol: "ETHUSDT", price: 2_500, timestamp });
    live.drawFrame();
    await vi.advanceTimersByTimeAsync(DECIDED_WITHIN_MS);
  });
}

beforeEach(() => {
  history.replaceState(null, "", "?s=ETH-USDT&tf=15m");
  vi.useFakeTimers();
  live = new FakeLive();
  live.session.follow({ symbol: "ETH/USDT", timeframe: "15m" });
  asked = [];
});

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

describe("confluence", () => {
  test("is a table of six families by seven timeframes, in words too", async () => {
    renderMatrix(decided());
    await act(() => vi.advanceTimersByTimeAsync(0));
    const table = screen.getByRole("table", { name: text.confluence.caption });
    expect(within(table).getAllByRole("columnheader")).toHaveLength(7);
    const trend = within(table).getByRole("row", { name: /^Trend/ });
    expect(within(trend).getAllByText("−0.93 of 1")).toHaveLength(7);
    const model = within(table).getByRole("row", { name: /^Model/ });
    expect(within(model).getAllByText(text.confluence.silent)).toHaveLength(7);
  });

  test("pressing a timeframe shows it", async () => {
    renderMatrix(decided());
    await act(() => vi.advanceTimersByTimeAsync(0));
    act(() => screen.getByRole("button", { name: /^4h: SELL/ }).click());
    expect(new URLSearchParams(location.search).get("tf")).toBe("4h");
  });

  test("a bar that closed is asked for once, and only on its timeframe", async () => {
    renderMatrix(decided());
    await act(() => vi.advanceTimersByTimeAsync(0));
    expect(asked).toHaveLength(7);
    await tick(NOW);
    expect(asked).toHaveLength(7);
    await tick(NOW + 40 * 60_000);
    expect(asked.filter((timeframe) => timeframe === "1h")).toHaveLength(2);
    await tick(NOW + 41 * 60_000);
    expect(asked.filter((timeframe) => timeframe === "1h")).toHaveLength(2);
    expect(asked.filter((timeframe) => timeframe === "1d")).toHaveLength(1);
  });

  test("what cannot be read is said", async () => {
    renderMatrix(() => Promise.reject(new ApiError("Not now.", 400, "r-1")));
    await act(() => vi.advanceTimersByTimeAsync(0));
    expect(screen.getByText(text.confluence.failed)).toBeTruthy();
  });

  test("before any decision it says what comes next", async () => {
    renderMatrix(() => Promise.resolve({ signals: [], nextCursor: null }));
    await act(() => vi.advanceTimersByTimeAsync(0));
    expect(screen.getByText(text.confluence.empty)).toBeTruthy();
  });
});
