// @vitest-environment jsdom
import { QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ApiError } from "@/shared/api/api-error";
import type { IndicatorReading } from "@/shared/api/analysis-api";
import { ApisContext } from "@/shared/api/apis";
import { fakeApis } from "@/shared/api/fake-apis";
import { createQueryClient } from "@/shared/api/query-client";
import { useCommandKeys } from "@/shared/commands/use-command";
import { FakeLive } from "@/shared/live/fake-live";
import { LiveContext } from "@/shared/live/live-context";
import { changeSettings, DEFAULT_SETTINGS, useSettings } from "@/shared/settings/settings";
import { text } from "@/shared/text";
import { IndicatorsPanel } from "./IndicatorsPanel";
import { indicatorReading } from "./reading-builder";

let answer: () => Promise<IndicatorReading>;

function Page() {
  useCommandKeys();
  return <IndicatorsPanel />;
}

function renderPanel(): void {
  const apis = fakeApis({ analysis: { reading: () => answer() } });
  render(
    <QueryClientProvider client={createQueryClient()}>
      <ApisContext value={apis}>
        <LiveContext value={new FakeLive().session}>
          <Page />
        </LiveContext>
      </ApisContext>
    </QueryClientProvider>,
  );
}

async function openMenu(): Promise<HTMLElement> {
  renderPanel();
  await userEvent.keyboard("/");
  const menu = await screen.findByTestId("indicators-menu");
  await within(menu).findAllByRole("switch");
  return menu;
}

function switchOf(menu: HTMLElement, name: string): HTMLElement {
  return within(menu).getByRole("switch", { name });
}

beforeEach(() => {
  vi.stubGlobal("matchMedia", () => ({
    matches: false,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
  history.replaceState(null, "", "?s=ETH-USDT&tf=1h");
  changeSettings(DEFAULT_SETTINGS);
  answer = () => Promise.resolve(indicatorReading());
});

afterEach(() => {
  cleanup();
  changeSettings(DEFAULT_SETTINGS);
});

describe("indicators panel", () => {
  test("a key opens it on its first switch, Escape closes it and gives the focus back", async () => {
    const menu = await openMenu();
    expect(document.activeElement).toBe(switchOf(menu, text.indicators.name("ema9")));
    await userEvent.keyboard("{Escape}");
    expect(screen.queryByTestId("indicators-menu")).toBeNull();
    expect(document.activeElement).toBe(screen.getByTestId("indicators"));
  });

  test("a switch changes the address and what this browser remembers", async () => {
    const menu = await openMenu();
    await userEvent.click(switchOf(menu, text.indicators.name("vwap")));
    await userEvent.click(switchOf(menu, text.indicators.name("rsi")));
    const chosen = "ema9,ema21,ema50,ema200,vwap,volume,patterns,signals,risk,macd";
    expect(new URLSearchParams(location.search).get("i")).toBe(chosen);
    expect(useSettings.getState().indicators.join(",")).toBe(chosen);
  });

  test("the address wins over what is remembered", async () => {
    history.replaceState(null, "", "?s=ETH-USDT&tf=1h&i=vwap");
    const menu = await openMenu();
    const isOn = (name: string) => switchOf(menu, name).getAttribute("aria-checked");
    expect(isOn(text.indicators.name("vwap"))).toBe("true");
    expect(isOn(text.indicators.name("ema9"))).toBe("false");
  });

  test("readings say their value and what they mean", async () => {
    const menu = await openMenu();
    await within(menu).findByTestId("indicators-reading");
    const rsi = within(menu).getByTestId("indicator-rsi");
    expect(rsi.textContent).toContain("12.20");
    expect(rsi.textContent).toContain("▲ bullish");
  });

  test("without readings the switches still work", async () => {
    answer = () => Promise.reject(new ApiError("refused", 400, null));
    const menu = await openMenu();
    await waitFor(() => expect(menu.textContent).toContain(text.indicators.failed));
    await userEvent.click(switchOf(menu, text.indicators.name("vwap")));
    expect(location.search).toContain("vwap");
  });

  test("a press beside it closes it", async () => {
    await openMenu();
    await userEvent.click(document.body);
    expect(screen.queryByTestId("indicators-menu")).toBeNull();
  });
});
