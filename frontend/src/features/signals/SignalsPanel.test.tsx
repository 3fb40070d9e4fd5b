// @vitest-environment jsdom
import { act, cleanup, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { useAnnouncement } from "@/shared/announce/announce";
import { ApiError } from "@/shared/api/api-error";
import { fakeApis } from "@/shared/api/fake-apis";
import type { PatternsApi } from "@/shared/api/patterns-api";
import type { SignalsApi } from "@/shared/api/signals-api";
import { pressCommand } from "@/shared/commands/press-command";
import { changeSettings, DEFAULT_SETTINGS, useSettings } from "@/shared/settings/settings";
import { selectSignal, useSelection } from "@/shared/signals/selection";
import { rawSignal, tradeSignal } from "@/shared/signals/signal-builder";
import { historyOf, renderPage } from "./fake-page";
import { SignalsPanel } from "./SignalsPanel";

const HOUR_MS = 3_600_000;
const OPEN_MS = Date.UTC(2024, 7, 4, 21);

function at(hours: number, changes: Parameters<typeof tradeSignal>[0] = {}) {
  return tradeSignal({ id: `at ${hours}`, timestamp: OPEN_MS + hours * HOUR_MS, ...changes });
}

const ENDED = { exitReason: "stop", netR: -1.09, profitLossPercent: -2.4 };
const HOLD = at(3, { signalType: "HOLD", stopLoss: null });
const BUY = at(2, { signalType: "BUY" });
const SELL = at(0, {
  status: "closed",
  calibrated: true,
  outcome: ENDED,
  profitLossPercent: -2.4,
});

function renderPanel(
  history: SignalsApi["history"] = historyOf([HOLD, BUY, SELL]),
  recent: PatternsApi["recent"] = () => Promise.reject(new ApiError("Not now.", 400, "r-1")),
) {
  return renderPage(<SignalsPanel />, fakeApis({ signals: { history }, patterns: { recent } }));
}

async function rows(): Promise<HTMLElement[]> {
  const grid = await screen.findByRole("grid");
  return within(grid).getAllByRole("row").slice(1);
}

function sides(listed: readonly HTMLElement[]): string[] {
  return listed.map((row) => /BUY|SELL|HOLD/.exec(row.textContent)?.[0] ?? row.textContent);
}

beforeEach(() => {
  history.replaceState(null, "", "?s=ETH-USDT&tf=1h");
  changeSettings(DEFAULT_SETTINGS);
});

afterEach(() => {
  cleanup();
  selectSignal(null);
  changeSettings(DEFAULT_SETTINGS);
});

describe("the list of signals", () => {
  test("BUY and SELL stand newest first, the HOLDs since are counted", async () => {
    renderPanel();
    expect(sides(await rows())).toEqual(["BUY", "SELL"]);
    expect(screen.getByText("1 HOLD since")).toBeTruthy();
  });

  test("HOLDs are listed where they are wanted", async () => {
    renderPanel();
    await rows();
    await userEvent.click(screen.getByRole("switch", { name: "Show HOLDs" }));
    expect(sides(await rows())).toEqual(["HOLD", "BUY", "SELL"]);
  });

  test("a row tells how the signal ended and whether its chance was measured", async () => {
    renderPanel();
    const [buy, sell] = (await rows()).map(({ textContent }) => textContent);
    expect(buy).toContain("uncal.42%");
    expect(sell).toContain("Closed · stop");
    expect(sell).toContain("\u22121.09");
    expect(sell).not.toContain("uncal.");
  });

  test("a click selects, and so does Enter after the arrows", async () => {
    renderPanel();
    const [buy, sell] = (await rows()) as [HTMLElement, HTMLElement];
    await userEvent.click(buy);
    expect(buy.getAttribute("aria-selected")).toBe("true");
    await userEvent.keyboard("{ArrowDown}{Enter}");
    expect(sell.getAttribute("aria-selected")).toBe("true");
    expect(useSelection.getState().signal?.id).toBe(SELL.id);
  });

  test("j and k walk BUY and SELL, and say where they are", async () => {
    renderPanel();
    await rows();
    pressCommand("j");
    expect(useSelection.getState().signal?.id).toBe(BUY.id);
    pressCommand("j");
    expect(useSelection.getState().signal?.id).toBe(SELL.id);
    expect(useAnnouncement.getState().sentence).toContain("Closed · stop");
    pressCommand("j");
    expect(useAnnouncement.getState().sentence).toBe("That is the oldest signal.");
    pressCommand("k");
    expect(useSelection.getState().signal?.id).toBe(BUY.id);
  });

  test("a signal that is decided now comes first", async () => {
    const live = renderPanel();
    await rows();
    const pushed = rawSignal({ id: "new", timestamp: OPEN_MS + 9 * HOUR_MS });
    act(() => live.socket.push("new_signal", pushed));
    expect(sides(await rows())).toEqual(["SELL", "BUY", "SELL"]);
  });

  test("sides, states and endings of a newer server are shown as they came", async () => {
    const odd = { outcome: { exitReason: "margin_call", netR: "?" }, status: "paused" } as object;
    renderPanel(historyOf([at(1, { ...odd, surprise: 1 } as object)]));
    const [row] = await rows();
    expect(row?.textContent).toContain("paused · margin_call");
  });

  test("before the first it says what is missing, after a failure what failed", async () => {
    renderPanel(historyOf([HOLD]));
    expect(await screen.findByText("No BUY or SELL yet")).toBeTruthy();
    cleanup();
    renderPanel(() => Promise.reject(new ApiError("No such market.", 404, "r-7")));
    expect(await screen.findByText("Request r-7")).toBeTruthy();
  });
});

describe("the drawer", () => {
  test("arrows move between its tabs, and the patterns are listed", async () => {
    const hammer = {
      id: "1",
      symbol: "ETHUSDT",
      timeframe: "1h",
      timestamp: OPEN_MS,
      patternType: "inverted_hammer",
      signal: "bullish",
      strength: 61,
      description: "Buyers tried.",
      createdAt: "2024-08-04T22:00:01Z",
    } as const;
    const found = { symbol: "ETHUSDT", timeframe: "1h", count: 1, patterns: [hammer], missing: [] };
    renderPanel(undefined, () => Promise.resolve(found as never));
    await rows();
    act(() => screen.getByRole("tab", { name: "Signals" }).focus());
    await userEvent.keyboard("{ArrowRight}");
    const patterns = screen.getByRole("tab", { name: "Patterns" });
    expect([patterns.ariaSelected ?? patterns.getAttribute("aria-selected")]).toEqual(["true"]);
    expect(document.activeElement).toBe(patterns);
    expect(await screen.findByText(/Inverted hammer/)).toBeTruthy();
  });

  test("its edge is moved by keys and remembered; closed it can be opened again", async () => {
    renderPanel();
    await rows();
    act(() => screen.getByRole("separator").focus());
    await userEvent.keyboard("{ArrowUp}");
    expect(useSettings.getState().drawerHeight).toBe(196);
    await userEvent.keyboard("{Home}");
    expect(screen.queryByRole("grid")).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: "Open the list" }));
    expect(await rows()).toHaveLength(2);
  });
});
