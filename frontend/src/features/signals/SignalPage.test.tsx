// @vitest-environment jsdom
import { act, cleanup, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ApiError } from "@/shared/api/api-error";
import { fakeApis } from "@/shared/api/fake-apis";
import type { SignalsApi } from "@/shared/api/signals-api";
import { readSignal, type FrozenSignal } from "@/shared/signals/signal";
import { rawSignal } from "@/shared/signals/signal-builder";
import { historyOf, renderPage } from "./fake-page";
import { SignalPage } from "./SignalPage";

const RAW = rawSignal({ modelId: "m-7" });

const DETAILS = {
  decidedAtMs: 1_722_808_836_982,
  followedUntilMs: null,
  progress: null,
  inputs: {
    bar: { indicators: { rsi: 27.3 }, patterns: [] },
    sources: { indicators: "present", volume: "absent: it was not asked", tea_leaves: "present" },
    candles: { hash: "b4d9b74a", count: 2558, fromMs: 1, untilMs: 2 },
  },
  events: [
    { number: 1, kind: "opened", atMs: 1_722_808_836_982, payload: {} },
    { number: 2, kind: "moon_landing", atMs: 1_722_812_436_982, payload: {} },
  ],
};

function frozen(changes: Partial<FrozenSignal["details"]> = {}): FrozenSignal {
  const details = { ...RAW, ...DETAILS, ...changes };
  return { ...readSignal(details), details };
}

function bar(hours: number) {
  const openMs = RAW.timestamp + hours * 3_600_000;
  return { openMs, open: 2700, high: 2710, low: 2690, close: 2705, volume: 3 };
}

function renderSignal(answers: Partial<SignalsApi> = {}, id = RAW.id) {
  const byId = vi.fn(answers.byId ?? (() => Promise.resolve(frozen())));
  const signals = { history: historyOf([]), ...answers, byId };
  const market = { candles: () => Promise.resolve([bar(-1), bar(0), bar(1)]) };
  const live = renderPage(<SignalPage id={id} />, fakeApis({ signals, market }));
  return { byId, live };
}

beforeEach(() => history.replaceState(null, "", `/signals/${RAW.id}`));

afterEach(() => {
  cleanup();
  history.replaceState(null, "", "/");
});

describe("the page of a signal", () => {
  test("an address without anything else suffices, and then names its market", async () => {
    renderSignal();
    expect(await screen.findByText("b4d9b74a")).toBeTruthy();
    expect(location.search).toBe("?s=ETH-USDT&tf=1h");
  });

  test("it shows what was there and what was not, also what this page does not know", async () => {
    renderSignal();
    const inputs = await screen.findByTestId("inputs");
    expect(inputs.textContent).toContain("RSI27.30");
    expect(inputs.textContent).toContain("Volume: absent, it was not asked");
    expect(inputs.textContent).toContain("tea_leaves: answered");
    expect(screen.getByTestId("timeline").textContent).toContain("Moon landing");
  });

  test("its candles are drawn, and stand in a table", async () => {
    renderSignal();
    expect(await screen.findByRole("img", { name: /^3 candles/ })).toBeTruthy();
    const table = screen.getByRole("table", { name: /candles around/, hidden: true });
    expect(within(table).getAllByRole("row", { hidden: true })).toHaveLength(4);
    expect(table.textContent).toContain("(decided)");
  });

  test("the chart opens where the signal is", async () => {
    renderSignal();
    const link = await screen.findByRole("link", { name: "Show on the chart" });
    expect(link.getAttribute("href")).toMatch(/^\/\?s=ETH-USDT&tf=1h&from=\d+&to=\d+$/);
  });

  test.each([
    ["nonsense", 400],
    ["00000000-0000-5000-8000-000000000000", 404],
  ])("the id %s is told to be none", async (id, status) => {
    const error = new ApiError("there is no signal", status, "r-1");
    renderSignal({ byId: () => Promise.reject(error) }, id);
    expect(await screen.findByText("There is no such signal")).toBeTruthy();
    expect(screen.getByRole("link", { name: "All signals" })).toBeTruthy();
  });

  test("any other failure can be tried again", async () => {
    const error = new ApiError("Not now.", 409, "r-1");
    const { byId } = renderSignal({ byId: () => Promise.reject(error) });
    const retry = await screen.findByRole("button", { name: "Retry" });
    const before = byId.mock.calls.length;
    await userEvent.click(retry);
    await waitFor(() => expect(byId.mock.calls.length).toBeGreaterThan(before));
  });

  test("news of it has it read again, news of another does not", async () => {
    const { byId, live } = renderSignal();
    await screen.findByTestId("timeline");
    const before = byId.mock.calls.length;
    act(() => live.socket.push("signal_update", rawSignal({ id: "another" })));
    expect(byId).toHaveBeenCalledTimes(before);
    act(() => live.socket.push("signal_update", RAW));
    await waitFor(() => expect(byId.mock.calls.length).toBeGreaterThan(before));
  });
});

describe("its replay", () => {
  const recomputed = { engineVersion: "716c", candles: { count: 2558 } };

  async function replayed(replay: SignalsApi["replay"]): Promise<string> {
    renderSignal({ replay });
    await userEvent.click(await screen.findByRole("button", { name: "Decide it again" }));
    return (await screen.findByTestId("replay")).textContent;
  }

  test("tells that everything is equal", async () => {
    const same = { equal: true, differences: [], recomputed };
    expect(await replayed(() => Promise.resolve(same))).toContain("Equal, bit for bit");
  });

  test("tells each part that differs", async () => {
    const differences = [{ field: "bar.indicators.rsi", stored: 27.3, recomputed: null }];
    const said = await replayed(() => Promise.resolve({ equal: false, differences, recomputed }));
    expect(said).toContain("1 part differs");
    expect(said).toContain("bar.indicators.rsi27.3null");
  });

  test("tells why it cannot be done", async () => {
    const gone = new ApiError("the engine is not stored any more", 404, "r-9");
    const said = await replayed(() => Promise.reject(gone));
    expect(said).toContain("the engine is not stored any more");
    expect(said).toContain("r-9");
  });
});
