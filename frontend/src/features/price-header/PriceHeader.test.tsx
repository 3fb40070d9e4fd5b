// @vitest-environment jsdom
import { QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ApisContext } from "@/shared/api/apis";
import { fakeApis } from "@/shared/api/fake-apis";
import { createQueryClient } from "@/shared/api/query-client";
import { numbers } from "@/shared/format/numbers";
import { FakeLive } from "@/shared/live/fake-live";
import { LiveContext } from "@/shared/live/live-context";
import { PriceHeader } from "./PriceHeader";

const TICK = { symbol: "ETHUSDT", price: 2_905.5, timestamp: 100, change24h: -3.14 };
const READ = numbers.price(TICK.price);

let live: FakeLive;

function renderHeader(): void {
  const apis = fakeApis({ market: { price: () => Promise.resolve(TICK) } });
  render(
    <QueryClientProvider client={createQueryClient()}>
      <ApisContext value={apis}>
        <LiveContext value={live.session}>
          <PriceHeader />
        </LiveContext>
      </ApisContext>
    </QueryClientProvider>,
  );
}

beforeEach(() => {
  history.replaceState(null, "", "?s=ETH-USDT&tf=15m");
  live = new FakeLive();
  renderHeader();
});

afterEach(cleanup);

describe("price header", () => {
  test("before any price it shows a dash", () => {
    expect(screen.getByTestId("price").textContent).toBe("–");
  });

  test("the price that was read shows, and its change wears sign and glyph", async () => {
    expect(await screen.findByText(READ)).toBeTruthy();
    const change = screen.getByTitle("Change in 24 hours");
    expect(change.textContent).toBe(`▼ ${numbers.percent(-3.14)}`);
    expect(document.title).toBe(`${READ} · ETH/USDT`);
  });

  test("a pushed price replaces it", async () => {
    await screen.findByText(READ);
    live.session.follow({ symbol: "ETH/USDT", timeframe: "15m" });
    act(() => {
      live.socket.push("price_update", { symbol: "ETHUSDT", price: 2_906, timestamp: 101 });
      live.drawFrame();
    });
    expect(await screen.findByText(numbers.price(2_906))).toBeTruthy();
  });

  test("the price of a stale feed is muted", async () => {
    await screen.findByText(READ);
    const report = { state: "stale", ageMs: 45_000, source: "binance", kind: "live" };
    live.nowMs = performance.now();
    act(() => {
      live.socket.push("connect");
      live.socket.push("feed_state", report);
    });
    expect(screen.getByTestId("price").className).toContain("text-muted");
  });
});
