// @vitest-environment jsdom
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import type { PlatformStatus } from "@/shared/api/status-api";
import { platformStatus } from "@/shared/status/status-builder";
import { FeedCard } from "./FeedCard";

type Faults = PlatformStatus["feed"]["faults"];

function renderFaults(faults: Faults): void {
  render(<FeedCard feed={{ ...platformStatus().feed, faults }} />);
}

function fault(kind: string, count: number): NonNullable<Faults>[number] {
  return { kind, count, agoMs: 90_000 };
}

afterEach(cleanup);

test("says what the exchange did wrong, how often and when last", () => {
  renderFaults([fault("half_open", 2), fault("not_json", 1_204)]);
  expect(screen.getByText("half open: 2 ×, last 90 sec ago")).toBeTruthy();
  expect(screen.getByText("not json: 1,204 ×, last 90 sec ago")).toBeTruthy();
});

test("shows the latest five kinds and counts the others", () => {
  renderFaults(["a", "b", "c", "d", "e", "f", "g"].map((kind) => fault(kind, 1)));
  expect(screen.getAllByText(/last 90 sec ago/)).toHaveLength(5);
  expect(screen.getByText("and 2 more")).toBeTruthy();
});

test("tells no faults from not knowing any", () => {
  renderFaults([]);
  expect(screen.getByText("nothing so far")).toBeTruthy();
  cleanup();
  renderFaults(null);
  expect(screen.getByText("the market service does not say")).toBeTruthy();
});
