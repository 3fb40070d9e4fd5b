// @vitest-environment jsdom
import { QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ApisContext } from "@/shared/api/apis";
import type { FeedReport } from "@/shared/api/contract";
import { fakeApis } from "@/shared/api/fake-apis";
import { createQueryClient } from "@/shared/api/query-client";
import type { PlatformStatus } from "@/shared/api/status-api";
import { FakeLive } from "@/shared/live/fake-live";
import { LiveContext } from "@/shared/live/live-context";
import { platformStatus } from "@/shared/status/status-builder";
import { FeedState } from "./FeedState";

const platform = vi.fn<() => Promise<PlatformStatus>>();

let live: FakeLive;

function hear(state: FeedReport["state"], kind: FeedReport["kind"], source: string): void {
  live.nowMs = performance.now();
  act(() => {
    live.socket.push("connect");
    live.socket.push("feed_state", { state, ageMs: 840, source, kind });
  });
}

function show(): void {
  render(
    <QueryClientProvider client={createQueryClient()}>
      <ApisContext value={fakeApis({ status: { platform } })}>
        <LiveContext value={live.session}>
          <FeedState />
        </LiveContext>
      </ApisContext>
    </QueryClientProvider>,
  );
}

beforeEach(() => {
  live = new FakeLive();
  platform.mockReset();
  platform.mockResolvedValue(platformStatus());
  history.replaceState(null, "", "?s=ETH-USDT&tf=1h");
  show();
});

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

describe("feed state", () => {
  test("before the first report it is connecting", () => {
    expect(screen.getByTestId("feed-state").dataset["state"]).toBe("connecting");
  });

  test("a live feed names its source and its age", () => {
    hear("live", "live", "binance");
    expect(screen.getByTestId("feed-state").dataset["state"]).toBe("live");
    expect(screen.getByText("binance")).toBeTruthy();
    expect(screen.getByText(/^tick [01].\ds$/)).toBeTruthy();
    expect(screen.queryByText("Replay")).toBeNull();
  });

  test("a replay says so in every state", () => {
    hear("live", "replay", "ETHUSDT-1m-2024-07");
    expect(screen.getByText("Replay")).toBeTruthy();
    hear("ended", "replay", "ETHUSDT-1m-2024-07");
    expect(screen.getByText("Replay")).toBeTruthy();
    expect(screen.getByText("ETHUSDT-1m-2024-07")).toBeTruthy();
  });

  test("a simulated market says so", () => {
    hear("live", "simulated", "seed 7");
    expect(screen.getByText("Simulated market")).toBeTruthy();
  });

  test("a stale feed gives the reason", () => {
    hear("stale", "live", "binance");
    expect(screen.getByText(/the price may have moved/)).toBeTruthy();
  });

  test("a lost connection is reconnecting and keeps the source's name", () => {
    hear("live", "simulated", "seed 7");
    act(() => live.socket.push("disconnect"));
    expect(screen.getByTestId("feed-state").dataset["state"]).toBe("reconnecting");
    expect(screen.getByText("Simulated market")).toBeTruthy();
  });

  test("a browser without a network believes a platform that reports, and no silent one", () => {
    cleanup();
    vi.useFakeTimers();
    show();
    vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
    hear("live", "live", "binance");
    act(() => void vi.advanceTimersByTime(1_000));
    expect(screen.getByTestId("feed-state").dataset["state"]).toBe("live");
    act(() => void vi.advanceTimersByTime(3_000));
    expect(screen.getByTestId("feed-state").dataset["state"]).toBe("reconnecting");
    expect(screen.getByText(/connection to the platform is lost/)).toBeTruthy();
  });

  test("the model that serves this timeframe has its word", async () => {
    expect(await screen.findByText("model 6834301, drift not known yet")).toBeTruthy();
  });

  test("a doubtful feed can be tried again, a late one is waited for", async () => {
    hear("delayed", "live", "binance");
    expect(screen.queryByRole("button", { name: "Retry" })).toBeNull();
    act(() => live.socket.push("disconnect"));
    await userEvent.click(screen.getByRole("button", { name: "Retry" }));
    expect(live.socket.connected).toBe(true);
  });
});
