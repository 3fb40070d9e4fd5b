// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ApiError } from "@/shared/api/api-error";
import { ApisContext } from "@/shared/api/apis";
import { fakeApis } from "@/shared/api/fake-apis";
import type { Quality } from "@/shared/api/market-api";
import type { PlatformStatus } from "@/shared/api/status-api";
import { StatusPage } from "./StatusPage";
import { qualityReport } from "@/shared/status/quality-builder";
import { job, model, platformStatus, service } from "@/shared/status/status-builder";

const platform = vi.fn<() => Promise<PlatformStatus>>();
const quality = vi.fn<() => Promise<Quality>>();

function renderPage(): void {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <QueryClientProvider client={client}>
      <ApisContext value={fakeApis({ status: { platform }, market: { quality } })}>
        <StatusPage />
      </ApisContext>
    </QueryClientProvider>,
  );
}

beforeEach(() => {
  platform.mockReset();
  quality.mockReset().mockResolvedValue(qualityReport());
});

afterEach(cleanup);

describe("status page", () => {
  test("says in a line that all is well, and shows every part", async () => {
    platform.mockResolvedValue(platformStatus());
    renderPage();
    expect(await screen.findByText("All well")).toBeTruthy();
    for (const part of [
      "Feed",
      "Services",
      "Candles and decisions",
      "Data quality",
      "Models",
      "Jobs",
    ]) {
      expect(screen.getByRole("region", { name: part })).toBeTruthy();
    }
    expect(screen.getByText("model 6834301")).toBeTruthy();
    expect(screen.getByText("2 bars, 1 stretch")).toBeTruthy();
  });

  test("what decides stands in the first columns, which a narrow screen shows", async () => {
    platform.mockResolvedValue(platformStatus());
    renderPage();
    await screen.findByText("All well");
    const headings = screen.getAllByRole("columnheader").map(({ textContent }) => textContent);
    expect(headings[headings.indexOf("Series") + 1]).toBe("Decided");
    expect(headings[headings.indexOf("Result") + 1]).toBe("Next run");
  });

  test("counts what is wrong and says it", async () => {
    const services = [service({ name: "ml", state: "unreachable", checks: {}, latencyMs: null })];
    platform.mockResolvedValue(platformStatus({ services, models: null, jobs: null }));
    renderPage();
    expect(await screen.findByText("1 thing is wrong")).toBeTruthy();
    expect(screen.getByText("ml does not answer.")).toBeTruthy();
    expect(screen.getByText(/decided by rules alone/)).toBeTruthy();
    expect(screen.getByText(/what ran last is not known/)).toBeTruthy();
  });

  test("a newer server's words are shown as they came", async () => {
    const services = [service({ state: "resting" as "ready" })];
    const models = [model({ abstainsFor: "on_strike" })];
    const jobs = [job({ lastState: "postponed" as "ok" })];
    const newer = { ...platformStatus({ services, models, jobs }), weather: "fine" };
    platform.mockResolvedValue(newer);
    renderPage();
    expect(await screen.findByText("resting")).toBeTruthy();
    expect(screen.getByText("rules only: on_strike")).toBeTruthy();
    expect(screen.getByText("postponed")).toBeTruthy();
  });

  test("before the first answer a failure can be tried again", async () => {
    platform.mockRejectedValueOnce(new ApiError("The platform cannot be reached.", null, "r-7"));
    platform.mockResolvedValue(platformStatus());
    renderPage();
    expect(await screen.findByText("The status could not be read")).toBeTruthy();
    expect(screen.getByText("Request r-7")).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Retry" }));
    expect(await screen.findByText("All well")).toBeTruthy();
  });
});

describe("while nobody answers", () => {
  beforeEach(() => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  test("what was last known stays and says when it was known", async () => {
    platform.mockResolvedValueOnce(platformStatus());
    platform.mockRejectedValue(new ApiError("The platform cannot be reached.", null, null));
    renderPage();
    await screen.findByText("All well");
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await screen.findByText("1 thing is wrong")).toBeTruthy();
    expect(screen.getByText(/cannot be reached.*was known at/)).toBeTruthy();
    expect(screen.getByRole("button", { name: "Retry" })).toBeTruthy();
    expect(screen.getByText("model 6834301")).toBeTruthy();
  });
});
