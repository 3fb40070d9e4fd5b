// @vitest-environment jsdom
import { QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ApiError } from "@/shared/api/api-error";
import { ApisContext } from "@/shared/api/apis";
import { fakeApis } from "@/shared/api/fake-apis";
import type { ModelPerformance } from "@/shared/api/ml-api";
import type { Breakdown, BreakdownScope } from "@/shared/api/performance-api";
import { createQueryClient } from "@/shared/api/query-client";
import { breakdown, emptyBreakdown, part } from "./breakdown-builder";
import { PerformancePage } from "./PerformancePage";

const NO_MODEL: ModelPerformance = {
  symbol: "ETHUSDT",
  timeframe: "1h",
  role: "candles",
  last: 500,
  model_id: null,
  abstains_for: "no_model",
  degraded: false,
  models: [],
};

const never = () => new Promise<never>(() => undefined);

let asked: BreakdownScope[];

function renderPage(answer: (scope: BreakdownScope) => Promise<Breakdown>): void {
  const apis = fakeApis({
    performance: {
      breakdown: (scope) => {
        asked.push(scope);
        return answer(scope);
      },
    },
    signals: { scorecard: never },
    status: { platform: never },
    ml: {
      performance: () => Promise.resolve(NO_MODEL),
      models: () => Promise.resolve([]),
    },
  });
  render(
    <QueryClientProvider client={createQueryClient()}>
      <ApisContext value={apis}>
        <PerformancePage />
      </ApisContext>
    </QueryClientProvider>,
  );
}

/** Lays everything out at 800 pixels, which jsdom does not. */
class WideObserver {
  constructor(private readonly onResize: (entries: readonly object[]) => void) {}
  observe(): void {
    this.onResize([{ contentRect: { width: 800 } }]);
  }
  disconnect(): void {
    // It called once, and never again.
  }
}

beforeEach(() => {
  asked = [];
  history.replaceState(null, "", "?s=ETH-USDT&tf=1h&origin=historical");
  vi.stubGlobal("ResizeObserver", WideObserver);
});

afterEach(cleanup);

describe("performance page", () => {
  test("says what it comes to, and what is counted", async () => {
    renderPage(() => Promise.resolve(breakdown()));
    expect((await screen.findByTestId("verdict")).textContent).toBe(
      "Better than random entries, but nothing after fees that could be told from zero.",
    );
    expect(screen.getByText(/Rebuilt signals were decided afterwards/)).toBeTruthy();
  });

  test("every figure that is drawn has its figures in a table", async () => {
    renderPage(() => Promise.resolve(breakdown()));
    for (const summary of await screen.findAllByText("As a table")) fireEvent.click(summary);
    await screen.findByText("Sum of net R", { selector: "caption ~ thead th" });
    const captions = [...document.querySelectorAll("caption")].map(
      ({ textContent }) => textContent,
    );
    expect(captions).toEqual(
      expect.arrayContaining(["Over time, in R", "By month", "What a signal made", "Calibrated"]),
    );
  });

  test("the curve is walked by keyboard", async () => {
    renderPage(() => Promise.resolve(breakdown()));
    const slider = await screen.findByLabelText(/^Sum of net R over/);
    expect(slider.getAttribute("aria-valuetext")).toContain("BUY +2.40 R, sum +2.60 R");
    expect(slider.getAttribute("max")).toBe("2");
  });

  test("under 30 outcomes there is no percentage", async () => {
    const none = { hitRate: null, hitRateLow: null, hitRateHigh: null, meanNetR: null };
    const few = { n: 12, ...none, netRStandardError: null, meanProfitLossPercent: null };
    renderPage(() => Promise.resolve(breakdown({ total: part({ ...few, verdict: "too few" }) })));
    expect((await screen.findByTestId("verdict")).textContent).toContain("12 of the 30 outcomes");
    const headline = screen.getByTestId("performance-headline");
    expect(headline.querySelector("dl")?.textContent).toContain("Hit ratetoo few");
  });

  test("without an outcome it says what is missing and how it comes", async () => {
    renderPage(() => Promise.resolve(emptyBreakdown()));
    expect(await screen.findByText("No signal of 1 hour has an outcome yet")).toBeTruthy();
    expect(screen.getAllByText(/eth rebuild --symbol ETH\/USDT --timeframe 1h/)).not.toEqual([]);
  });

  test("another origin is asked for, and never shown beside the first", async () => {
    renderPage(({ origin }) =>
      origin === "live" ? Promise.resolve(emptyBreakdown()) : Promise.resolve(breakdown()),
    );
    await screen.findByTestId("verdict");
    await userEvent.click(screen.getByText("Live"));
    expect(await screen.findByText("No signal of 1 hour has an outcome yet")).toBeTruthy();
    expect(screen.queryByTestId("verdict")).toBeNull();
    expect(asked.map(({ origin }) => origin)).toEqual(["historical", "live"]);
    expect(location.search).toBe("?s=ETH-USDT&tf=1h");
  });

  test("an engine and a day of the URL are asked for", async () => {
    history.replaceState(null, "", "?s=ETH-USDT&tf=1h&engine=ab12&since=2024-07-01");
    renderPage(() => Promise.resolve(emptyBreakdown()));
    await screen.findByText(/another engine/);
    expect(asked[0]).toMatchObject({ engineVersion: "ab12", sinceMs: Date.UTC(2024, 6, 1) });
  });

  test("a failure names the request and offers another try", async () => {
    renderPage(() => Promise.reject(new ApiError("No database.", 400, "req-7")));
    expect(await screen.findByText("The figures could not be read")).toBeTruthy();
    expect(screen.getByText("Request req-7")).toBeTruthy();
    await userEvent.click(screen.getByText("Retry"));
    expect(asked).toHaveLength(2);
  });

  test("sides, months and parts that a newer server may send break nothing", async () => {
    const newer = { ...breakdown(), surprise: 1 } as Breakdown;
    newer.bySide.push({ ...part(), side: "FLIP" } as unknown as Breakdown["bySide"][number]);
    newer.byMonth.push({ ...part(), month: "soon" });
    renderPage(() => Promise.resolve(newer));
    expect(await screen.findByText(/FLIP/)).toBeTruthy();
  });

  test("without a model it says so, and how to have one", async () => {
    renderPage(() => Promise.resolve(breakdown()));
    expect(await screen.findByText("No model was trained for this series.")).toBeTruthy();
    expect(screen.getByText("Rules only")).toBeTruthy();
    expect(screen.getByText(/eth train --symbol ETH\/USDT --timeframe 1h/)).toBeTruthy();
  });
});
