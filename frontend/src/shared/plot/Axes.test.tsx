// @vitest-environment jsdom
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, test } from "vitest";
import { times } from "@/shared/format/times";
import { TimeAxis } from "./Axes";
import { linearScale } from "./scale";

const NOON_MS = Date.UTC(2024, 7, 4, 12);
const MIDNIGHT_MS = Date.UTC(2024, 7, 5);
const MORNING_MS = Date.UTC(2024, 7, 5, 6);

afterEach(cleanup);

describe("time axis", () => {
  test("where a day begins among times of day, its date stands", () => {
    const ticks = [NOON_MS, MIDNIGHT_MS, MORNING_MS];
    const x = linearScale([NOON_MS, MORNING_MS], [0, 100]);
    render(
      <svg>
        <TimeAxis x={x} times={{ unit: "clock", ticks }} bottom={10} />
      </svg>,
    );
    for (const label of [times.clock(NOON_MS), times.date(MIDNIGHT_MS), times.clock(MORNING_MS)]) {
      expect(screen.getByText(label)).toBeTruthy();
    }
  });
});
