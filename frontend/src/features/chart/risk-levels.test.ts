import { describe, expect, test } from "vitest";
import { tradeSignal } from "@/shared/signals/signal-builder";
import { riskLevelsOf, riskSpan, spreadHeights } from "./risk-levels";
import { riskPlanOf } from "./signal-life";

const PLAN = riskPlanOf(tradeSignal());

describe("the prices of a signal", () => {
  test("are its entry, its stop and its targets", () => {
    expect(PLAN && riskLevelsOf(PLAN).map(({ label }) => label)).toEqual([
      "E",
      "SL",
      "TP1",
      "TP2",
      "TP3",
    ]);
  });

  test("span everything that the scale has to show", () => {
    expect(PLAN && riskSpan(PLAN)).toEqual({ low: 2567, high: 2791.78 });
  });

  test("are labelled without covering one another", () => {
    expect(spreadHeights([30, 10, 12, 100], 13)).toEqual([36, 10, 23, 100]);
    expect(spreadHeights([], 13)).toEqual([]);
  });
});
