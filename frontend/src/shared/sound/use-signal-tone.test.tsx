// @vitest-environment jsdom
import { act, cleanup, renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { FakeLive } from "@/shared/live/fake-live";
import { LiveContext } from "@/shared/live/live-context";
import { changeSettings } from "@/shared/settings/settings";
import { rawSignal } from "@/shared/signals/signal-builder";
import * as tone from "./signal-tone";
import { useSignalTone } from "./use-signal-tone";

let live: FakeLive;
let play: ReturnType<typeof vi.spyOn>;

beforeEach(() => {
  live = new FakeLive();
  play = vi.spyOn(tone, "playSignalTone").mockImplementation(() => undefined);
  live.session.follow({ symbol: "ETH/USDT", timeframe: "1h" });
  renderHook(useSignalTone, {
    wrapper: ({ children }: { readonly children: ReactNode }) => (
      <LiveContext value={live.session}>{children}</LiveContext>
    ),
  });
});

afterEach(() => {
  cleanup();
  changeSettings({ sound: false });
});

describe("signal tone", () => {
  test("is silent until it is switched on", async () => {
    live.socket.push("new_signal", rawSignal());
    act(() => changeSettings({ sound: true }));
    live.socket.push("new_signal", rawSignal());
    await vi.waitFor(() => expect(play).toHaveBeenCalled());
    expect(play).toHaveBeenCalledExactlyOnceWith("SELL");
  });

  test("what becomes of a signal makes no sound", async () => {
    act(() => changeSettings({ sound: true }));
    live.socket.push("signal_update", rawSignal({ status: "closed" }));
    live.socket.push("new_signal", rawSignal());
    await vi.waitFor(() => expect(play).toHaveBeenCalled());
    expect(play).toHaveBeenCalledOnce();
  });

  test("BUY rises, SELL falls, anything else is silent", () => {
    const [first = 0, second = 0] = tone.melodyOf("BUY") ?? [];
    expect(second).toBeGreaterThan(first);
    expect(tone.melodyOf("SELL")).toEqual([second, first]);
    expect([tone.melodyOf("HOLD"), tone.melodyOf("SHORT")]).toEqual([null, null]);
  });
});
