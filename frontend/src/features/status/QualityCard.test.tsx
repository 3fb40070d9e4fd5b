// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ApiError } from "@/shared/api/api-error";
import { ApisContext } from "@/shared/api/apis";
import { fakeApis } from "@/shared/api/fake-apis";
import type { Quality } from "@/shared/api/market-api";
import { qualityReport, seriesQuality } from "@/shared/status/quality-builder";
import { QualityCard } from "./QualityCard";

const quality = vi.fn<(symbol: string) => Promise<Quality>>();

function renderCard(symbols: readonly string[] = ["ETHUSDT"]): void {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <QueryClientProvider client={client}>
      <ApisContext value={fakeApis({ market: { quality } })}>
        <QualityCard symbols={symbols} />
      </ApisContext>
    </QueryClientProvider>,
  );
}

async function cellsOf(series: string): Promise<readonly (string | null)[]> {
  const heading = await screen.findByRole("rowheader", { name: series });
  const cells = heading.closest("tr")?.querySelectorAll("td") ?? [];
  return [...cells].map(({ textContent }) => textContent);
}

beforeEach(() => {
  quality.mockReset();
});

afterEach(cleanup);

describe("data quality", () => {
  test("a series that is whole shows what came late and how fast it was healed", async () => {
    quality.mockResolvedValue(qualityReport());
    renderCard();
    expect(await cellsOf("ETH/USDT 1m")).toEqual(["● 100%", "0", "26", "34 sec", "4", "2"]);
    expect(screen.getByRole("table", { name: /how much of what the exchange has/ })).toBeTruthy();
  });

  test("a series that lacks bars is never rounded up to a hundred percent", async () => {
    const series = [seriesQuality({ whole: false, completeness: 99.9999, holes: 3 })];
    quality.mockResolvedValue(qualityReport({ whole: false, series }));
    renderCard();
    expect((await cellsOf("ETH/USDT 1m")).slice(0, 2)).toEqual(["▲ 99.9999%", "3"]);
  });

  test("of what was never counted or measured nothing is invented", async () => {
    const unwatched = { whole: false, completeness: null, verdict: "not watched yet" };
    const series = [seriesQuality({ ...unwatched, arrivals: null })];
    quality.mockResolvedValue(qualityReport({ whole: false, series, feed: null }));
    renderCard();
    const [complete, , , healed] = await cellsOf("ETH/USDT 1m");
    expect([complete, healed]).toEqual(["○ not watched yet", "–"]);
    expect(screen.getByText("How old the feed was is not known yet.")).toBeTruthy();
  });

  test("the feed's age is told with its percentiles and what was refused", async () => {
    quality.mockResolvedValue(qualityReport());
    renderCard();
    const said = await screen.findByText(/Age of the feed in the last hour/);
    expect(said.textContent).toBe(
      "Age of the feed in the last hour: p50 151 ms, p95 917 ms, p99 988 ms, at most 2 sec. " +
        "3 frames and rows of the exchange refused.",
    );
  });

  test("every market has its rows", async () => {
    quality.mockImplementation((symbol) => Promise.resolve(qualityReport({ symbol })));
    renderCard(["ETHUSDT", "BTCUSDT"]);
    expect(await cellsOf("BTC/USDT 1m")).toHaveLength(6);
    expect(await cellsOf("ETH/USDT 1m")).toHaveLength(6);
  });

  test("says so when nobody tells", async () => {
    quality.mockRejectedValue(new ApiError("The platform cannot be reached.", null, null));
    renderCard();
    expect(await screen.findByText(/does not say how whole/)).toBeTruthy();
  });

  test("says so when it is not known which markets there are", () => {
    renderCard([]);
    expect(screen.getByText(/does not say how whole/)).toBeTruthy();
  });
});
