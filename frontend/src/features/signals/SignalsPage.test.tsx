// @vitest-environment jsdom
import { cleanup, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ApiError } from "@/shared/api/api-error";
import { fakeApis } from "@/shared/api/fake-apis";
import type { Scorecard, SignalsApi } from "@/shared/api/signals-api";
import { tradeSignal } from "@/shared/signals/signal-builder";
import { historyOf, renderPage } from "./fake-page";
import { SignalsPage } from "./SignalsPage";

const COUNT = {
  active: 1,
  closed: 2,
  expired: 3,
  ambiguous: 0,
  continuing: 4,
  hold: 5_000,
  decided: 5_010,
};
const COUNTS = { live: COUNT, late: COUNT, historical: COUNT };

const HOLD = tradeSignal({ id: "hold", signalType: "HOLD", timestamp: 3, stopLoss: null });
const BUY = tradeSignal({ id: "buy", signalType: "BUY", timestamp: 2 });
const SELL = tradeSignal({ id: "sell", timestamp: 1, origin: "historical" });

function renderList(
  history: SignalsApi["history"] = historyOf([HOLD, BUY, SELL]),
  scorecard: SignalsApi["scorecard"] = () => Promise.resolve({ counts: COUNTS } as Scorecard),
) {
  const read = vi.fn(history);
  renderPage(<SignalsPage />, fakeApis({ signals: { history: read, scorecard } }));
  return read;
}

async function links(): Promise<(string | null)[]> {
  const table = await screen.findByRole("table", { name: "Decisions on ETH/USDT, 1h" });
  return within(table)
    .getAllByRole("link")
    .map((link) => link.getAttribute("href"));
}

beforeEach(() => history.replaceState(null, "", "/signals?s=ETH-USDT&tf=1h"));

afterEach(() => {
  cleanup();
  history.replaceState(null, "", "/");
});

describe("the history", () => {
  test("every BUY and SELL is listed, each with the way to its page", async () => {
    renderList();
    expect(await links()).toEqual([
      "/signals/buy?s=ETH-USDT&tf=1h",
      "/signals/sell?s=ETH-USDT&tf=1h",
    ]);
  });

  test("filters stand in the URL, and the platform is asked for them", async () => {
    const read = renderList();
    await links();
    await userEvent.click(screen.getByRole("button", { name: "HOLD" }));
    await userEvent.click(screen.getByRole("button", { name: "Rebuilt" }));
    expect(location.search).toBe("?s=ETH-USDT&tf=1h&side=HOLD&origin=historical");
    expect(await links()).toHaveLength(1);
    expect(read.mock.lastCall?.[2]).toMatchObject({ signalType: "HOLD", origin: "historical" });
  });

  test("where nothing matches, the filters can be taken away", async () => {
    history.replaceState(null, "", "/signals?s=ETH-USDT&tf=1h&side=SELL&status=closed");
    renderList(historyOf([BUY]));
    await userEvent.click(await screen.findByRole("button", { name: "Take the filters away" }));
    expect(location.search).toBe("?s=ETH-USDT&tf=1h");
    expect(await links()).toHaveLength(1);
  });

  test("what is shown can be saved", async () => {
    const save = vi.fn();
    vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (
      this: HTMLAnchorElement,
    ) {
      save(this.download);
    });
    vi.stubGlobal(
      "URL",
      class extends URL {
        static override createObjectURL = () => "blob:1";
        static override revokeObjectURL = () => undefined;
      },
    );
    renderList();
    await links();
    await userEvent.click(screen.getByRole("button", { name: "Download CSV" }));
    expect(save).toHaveBeenCalledExactlyOnceWith("signals-ETH-USDT-1h.csv");
  });

  test("the totals tell every origin apart, and fail by themselves", async () => {
    renderList();
    expect(await screen.findAllByText("5,010")).toHaveLength(3);
    cleanup();
    renderList(undefined, () => Promise.reject(new ApiError("Not now.", 400, null)));
    expect(await screen.findByText("The totals could not be read.")).toBeTruthy();
    expect(await links()).toHaveLength(2);
  });
});
