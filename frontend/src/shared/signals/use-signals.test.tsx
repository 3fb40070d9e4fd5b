// @vitest-environment jsdom
import { QueryClientProvider, useQuery } from "@tanstack/react-query";
import { act, cleanup, renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, expect, test, vi } from "vitest";
import { ApisContext } from "@/shared/api/apis";
import { fakeApis } from "@/shared/api/fake-apis";
import { createQueryClient } from "@/shared/api/query-client";
import type { SignalsApi } from "@/shared/api/signals-api";
import { FakeLive } from "@/shared/live/fake-live";
import { LiveContext, useFollow } from "@/shared/live/live-context";
import { readSignal } from "./signal";
import { rawSignal } from "./signal-builder";
import { signalKeys } from "./signal-keys";
import { useLiveSignals, useSignals } from "./use-signals";

const HOUR_MS = 3_600_000;

afterEach(cleanup);

function decision(hour: number) {
  return rawSignal({ id: `decision ${hour}`, timestamp: hour * HOUR_MS });
}

function inPlatform(live: FakeLive, history: SignalsApi["history"]) {
  const client = createQueryClient();
  return function Platform({ children }: { readonly children: ReactNode }) {
    return (
      <QueryClientProvider client={client}>
        <ApisContext value={fakeApis({ signals: { history } })}>
          <LiveContext value={live.session}>{children}</LiveContext>
        </ApisContext>
      </QueryClientProvider>
    );
  };
}

test("a list that decisions made long is read anew and is short again", async () => {
  const live = new FakeLive();
  const history = vi.fn(() =>
    Promise.resolve({ signals: [readSignal(decision(1_000))], nextCursor: null }),
  );
  const { result } = renderHook(
    () => {
      useFollow("ETH/USDT", "1h");
      useLiveSignals();
      return useSignals("ETH/USDT", "1h");
    },
    { wrapper: inPlatform(live, history) },
  );
  await waitFor(() => expect(result.current.signals).toHaveLength(1));
  act(() => {
    for (let hour = 0; hour < 199; hour += 1) live.socket.push("new_signal", decision(hour));
  });
  await waitFor(() => expect(result.current.signals).toHaveLength(200));
  expect(history).toHaveBeenCalledTimes(1);
  act(() => live.socket.push("new_signal", decision(1_001)));
  await waitFor(() => expect(result.current.signals).toHaveLength(1));
  expect(history).toHaveBeenCalledTimes(2);
});

test("a signal is taken in where other things than lists were read of signals", async () => {
  const reportError = vi.fn();
  vi.stubGlobal("reportError", reportError);
  const live = new FakeLive();
  const { result } = renderHook(
    () => {
      useFollow("ETH/USDT", "1h");
      useLiveSignals();
      useQuery({ queryKey: signalKeys.lastTaken("ETH/USDT", "1h"), queryFn: () => [] });
      useQuery({ queryKey: signalKeys.counts("ETH/USDT", "1h", "x"), queryFn: () => ({}) });
      return useSignals("ETH/USDT", "1h");
    },
    { wrapper: inPlatform(live, () => Promise.resolve({ signals: [], nextCursor: null })) },
  );
  await waitFor(() => expect(result.current.signals).toHaveLength(0));
  act(() => live.socket.push("new_signal", decision(1)));
  await waitFor(() => expect(result.current.signals).toHaveLength(1));
  expect(reportError).not.toHaveBeenCalled();
});
