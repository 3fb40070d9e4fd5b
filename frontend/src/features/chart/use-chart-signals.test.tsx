// @vitest-environment jsdom
import { QueryClientProvider } from "@tanstack/react-query";
import { cleanup, renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ApiError } from "@/shared/api/api-error";
import { ApisContext } from "@/shared/api/apis";
import { fakeApis } from "@/shared/api/fake-apis";
import { createQueryClient } from "@/shared/api/query-client";
import type { SignalFilter, SignalPage } from "@/shared/api/signals-api";
import { tradeSignal } from "@/shared/signals/signal-builder";
import { minuteBars, START_MS } from "./bar-builder";
import { useChartSignals } from "./use-chart-signals";

const MINUTE_MS = 60_000;
const SIGNALS_A_PAGE = 2;

/** Minutes of the SELLs that there are, newest first; there is no BUY. */
const SELLS = [9, 8, 6, 4, 2, 0];

let asked: SignalFilter[];
let failsFrom: number;

function pageOf(filter: SignalFilter): Promise<SignalPage> {
  asked.push(filter);
  if (filter.signalType === "BUY") return Promise.resolve({ signals: [], nextCursor: null });
  const from = Number(filter.cursor ?? 0);
  if (from >= failsFrom) return Promise.reject(new ApiError("refused", 400, null));
  const signals = SELLS.slice(from, from + SIGNALS_A_PAGE).map((minute) =>
    tradeSignal({ id: `s${minute}`, timeframe: "1m", timestamp: START_MS + minute * MINUTE_MS }),
  );
  const next = from + SIGNALS_A_PAGE;
  return Promise.resolve({ signals, nextCursor: next < SELLS.length ? String(next) : null });
}

function renderSignals(firstMinute: number) {
  const apis = fakeApis({ signals: { history: (_symbol, _timeframe, filter) => pageOf(filter) } });
  const client = createQueryClient();
  const wrapper = ({ children }: { readonly children: ReactNode }) => (
    <QueryClientProvider client={client}>
      <ApisContext value={apis}>{children}</ApisContext>
    </QueryClientProvider>
  );
  return renderHook(({ first }) => useChartSignals("ETH/USDT", "1m", minuteBars(first, 10)), {
    wrapper,
    initialProps: { first: firstMinute },
  });
}

beforeEach(() => {
  asked = [];
  failsFrom = Infinity;
});

afterEach(cleanup);

describe("the chart's signals", () => {
  test("are read as far back as the bars reach, and further when older bars come", async () => {
    const { result, rerender } = renderSignals(5);
    await waitFor(() =>
      expect(result.current.map(({ id }) => id)).toEqual(["s4", "s6", "s8", "s9"]),
    );
    rerender({ first: 0 });
    await waitFor(() => expect(result.current).toHaveLength(SELLS.length));
  });

  test("a page that cannot be read is not asked for again and again", async () => {
    failsFrom = 2;
    const { result } = renderSignals(0);
    await waitFor(() => expect(asked.filter(({ cursor }) => cursor === "2")).toHaveLength(1));
    await waitFor(() => expect(result.current).toHaveLength(2));
    expect(asked.filter(({ cursor }) => cursor === "2")).toHaveLength(1);
  });
});
