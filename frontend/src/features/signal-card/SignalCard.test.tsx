// @vitest-environment jsdom
import { QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ApiError } from "@/shared/api/api-error";
import { ApisContext } from "@/shared/api/apis";
import { fakeApis } from "@/shared/api/fake-apis";
import { createQueryClient } from "@/shared/api/query-client";
import type { SignalsApi } from "@/shared/api/signals-api";
import { pressCommand } from "@/shared/commands/press-command";
import { numbers } from "@/shared/format/numbers";
import { FakeLive } from "@/shared/live/fake-live";
import { LiveContext } from "@/shared/live/live-context";
import { selectSignal, useSelection } from "@/shared/signals/selection";
import type { TradeSignal } from "@/shared/signals/signal";
import { tradeSignal } from "@/shared/signals/signal-builder";
import { text } from "@/shared/text";
import { fakeDialogs } from "@/shared/ui/fake-dialogs";
import { SignalCard } from "./SignalCard";

const SELL = tradeSignal();
const HOLD = tradeSignal({
  id: "hold",
  signalType: "HOLD",
  stopLoss: null,
  timestamp: SELL.openMs + 36 * 3_600_000,
  reasoning: {
    ...SELL.raw.reasoning,
    summary: "HOLD: score -0.212 is 0.188 short of SELL at -0.400",
    evidence: [{ family: "trend", points: -0.212 }],
  },
});

const REFUSED = () => Promise.reject(new ApiError("Not now.", 400, "r-1"));

function pageOf(...signals: readonly TradeSignal[]) {
  return () => Promise.resolve({ signals, nextCursor: null });
}

function renderCard(history: SignalsApi["history"], isNarrow = false): void {
  vi.stubGlobal("matchMedia", () => ({
    matches: isNarrow,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
  const signals = { history, scorecard: REFUSED, byId: REFUSED };
  const apis = fakeApis({ signals, performance: { breakdown: REFUSED } });
  render(
    <QueryClientProvider client={createQueryClient()}>
      <ApisContext value={apis}>
        <LiveContext value={new FakeLive().session}>
          <SignalCard />
        </LiveContext>
      </ApisContext>
    </QueryClientProvider>,
  );
}

beforeEach(() => {
  history.replaceState(null, "", "?s=ETH-USDT&tf=1h");
  fakeDialogs();
});

afterEach(() => {
  cleanup();
  act(() => selectSignal(null));
});

describe("signal card", () => {
  test("its rows of evidence add up to the score that it shows", async () => {
    renderCard(pageOf(SELL));
    const table = await screen.findByRole("table", { name: text.signalView.why.caption });
    for (const { points } of SELL.evidence) {
      expect(within(table).getAllByText(numbers.points(points)).length).toBeGreaterThan(0);
    }
    expect(within(table).getByText(numbers.points(SELL.score))).toBeTruthy();
  });

  test("an uncalibrated signal says so, and why", async () => {
    renderCard(pageOf(SELL));
    expect(await screen.findByText(text.signalView.notes.uncalibrated.label)).toBeTruthy();
    expect(screen.getByText(text.signalView.notes.uncalibrated.sentence)).toBeTruthy();
  });

  test("a HOLD says what is missing, and when the last BUY or SELL was", async () => {
    renderCard(pageOf(HOLD, SELL));
    expect(
      await screen.findByText(/^Score −0.212 is 0.188 short of SELL at −0.400\.$/),
    ).toBeTruthy();
    expect(screen.getByText(text.signalCard.last.none(36), { exact: false })).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: /^the last was SELL/ }));
    expect(useSelection.getState().signal?.id).toBe(SELL.id);
    await userEvent.click(screen.getByRole("button", { name: text.signalCard.toNewest }));
    expect(useSelection.getState().signal).toBeNull();
  });

  test("focus on a row of evidence points at its family", async () => {
    renderCard(pageOf(SELL));
    const row = await screen.findByRole("button", { name: "Momentum" });
    act(() => row.focus());
    expect(useSelection.getState().family).toBe("momentum");
    act(() => row.blur());
    expect(useSelection.getState().family).toBeNull();
  });

  test("w brings the reader to the why", async () => {
    renderCard(pageOf(SELL));
    const why = await screen.findByRole("heading", { name: text.signalView.why.title });
    pressCommand("w");
    expect(document.activeElement).toBe(why);
  });

  test("a narrow screen shows it in short, and all of it as a sheet", async () => {
    renderCard(pageOf(SELL), true);
    await screen.findByText(text.signalCard.openSheet);
    expect(screen.queryByText(text.signalView.why.title)).toBeNull();
    pressCommand("w");
    expect(await screen.findByText(text.signalView.why.title)).toBeTruthy();
  });

  test("a part that cannot be read leaves the rest standing", async () => {
    renderCard(pageOf(SELL));
    expect(await screen.findByText(/^The track record could not be read. Not now./)).toBeTruthy();
    expect(screen.getByRole("table", { name: text.signalView.risk.caption })).toBeTruthy();
  });

  test("before the first decision it says what comes next", async () => {
    renderCard(pageOf());
    expect(await screen.findByText(text.signalCard.empty)).toBeTruthy();
  });

  test("what cannot be read is said with the request to look for", async () => {
    renderCard(REFUSED);
    expect(await screen.findByText(text.signalCard.failed)).toBeTruthy();
    expect(screen.getByText(text.error.requestId("r-1"))).toBeTruthy();
  });

  test("a side that this page does not know is shown as it came", async () => {
    renderCard(pageOf(tradeSignal({ signalType: "SCALE_IN" as never })));
    expect(await screen.findByText("SCALE_IN")).toBeTruthy();
  });

  test("sharing copies the address of the frozen signal", async () => {
    const user = userEvent.setup();
    renderCard(pageOf(SELL));
    await user.click(await screen.findByRole("button", { name: text.signalCard.share.copy }));
    await waitFor(() => expect(screen.getByText(text.signalCard.share.copied)).toBeTruthy());
    const address = await navigator.clipboard.readText();
    expect(new URL(address).pathname).toBe(`/signals/${SELL.id}`);
  });
});
