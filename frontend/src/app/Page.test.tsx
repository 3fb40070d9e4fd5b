// @vitest-environment jsdom
import { QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { navigate } from "wouter/use-browser-location";
import { ApisContext } from "@/shared/api/apis";
import { fakeApis } from "@/shared/api/fake-apis";
import { createQueryClient } from "@/shared/api/query-client";
import { FakeLive } from "@/shared/live/fake-live";
import { LiveContext } from "@/shared/live/live-context";
import { platformStatus } from "@/shared/status/status-builder";
import { Page } from "./Page";

/** A part of a page that cannot be drawn at one address. */
function Part() {
  if (location.pathname === "/broken") throw new TypeError("reading 'map'");
  return <p>drawn</p>;
}

beforeEach(() => {
  vi.spyOn(console, "error").mockReturnValue();
  vi.stubGlobal("matchMedia", () => ({
    matches: false,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
  history.replaceState(null, "", "/broken");
  render(
    <QueryClientProvider client={createQueryClient()}>
      <ApisContext
        value={fakeApis({ status: { platform: () => Promise.resolve(platformStatus()) } })}
      >
        <LiveContext value={new FakeLive().session}>
          <Page title="Status">
            <Part />
          </Page>
        </LiveContext>
      </ApisContext>
    </QueryClientProvider>,
  );
});

afterEach(() => {
  cleanup();
  history.replaceState(null, "", "/");
});

test("a page that cannot be drawn says so in words, and its navigation stays", () => {
  expect(screen.getByRole("heading", { name: "This page stopped working" })).toBeTruthy();
  expect(screen.queryByText(/reading/)).toBeNull();
  expect(screen.getByRole("navigation", { name: "Pages" })).toBeTruthy();
  expect(screen.getByRole("heading", { name: "Status" })).toBeTruthy();
});

test("at another address it has another chance", () => {
  act(() => navigate("/whole"));
  expect(screen.getByText("drawn")).toBeTruthy();
  expect(screen.queryByText("This page stopped working")).toBeNull();
});
