// @vitest-environment jsdom
import { act, cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { FeedReport } from "@/shared/api/contract";
import { FakeLive } from "@/shared/live/fake-live";
import { LiveContext } from "@/shared/live/live-context";
import { FeedState } from "./FeedState";

let live: FakeLive;

function hear(state: FeedReport["state"], kind: FeedReport["kind"], source: string): void {
  live.nowMs = performance.now();
  act(() => {
    live.socket.push("connect");
    live.socket.push("feed_state", { state, ageMs: 840, source, kind });
  });
}

beforeEach(() => {
  live = new FakeLive();
  render(
    <LiveContext value={live.session}>
      <FeedState />
    </LiveContext>,
  );
});

afterEach(cleanup);

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
});
