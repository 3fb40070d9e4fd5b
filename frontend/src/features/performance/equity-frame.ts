import { linearScale, roundTicks, spanAround, type Scale } from "@/shared/plot/scale";
import { timeTicks, type TimeTicks } from "@/shared/plot/time-ticks";
import type { Equity } from "./equity-walk";

const MARGIN = { top: 8, right: 12, left: 52 };
const PANEL_GAP = 20;
const NET_R_HEIGHT = 240;
const HELD_HEIGHT = 72;
const TIME_AXIS_HEIGHT = 22;
const PIXELS_A_TIME = 72;

/** A strip of the drawing with a scale of its own. */
export interface Panel {
  readonly y: Scale;
  readonly ticks: readonly number[];
}

export interface EquityFrame {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly x: Scale;
  readonly times: TimeTicks;
  /** Where the lowest panel ends. */
  readonly bottom: number;
  readonly netR: Panel;
  /** Percent, never on the axis of R; null where nothing is known of it. */
  readonly held: Panel | null;
}

function panel(values: readonly number[], top: number, height: number, ticks: number): Panel {
  const [low, high] = spanAround(values);
  return { y: linearScale([low, high], [top + height, top]), ticks: roundTicks(low, high, ticks) };
}

/** The pixels of the drawing, whatever of it there is: its height depends on nothing. */
export const EQUITY_HEIGHT = MARGIN.top + NET_R_HEIGHT + PANEL_GAP + HELD_HEIGHT + TIME_AXIS_HEIGHT;

/** Where everything lies in a drawing of this width, from the first entry to the last exit. */
export function equityFrame(
  { exitMs, cumulativeNetR, baselines }: Equity,
  startMs: number,
  width: number,
): EquityFrame {
  const [left, right] = [MARGIN.left, Math.max(MARGIN.left + 1, width - MARGIN.right)];
  const endMs = exitMs.at(-1) ?? startMs;
  const { percentile5 = [], percentile95 = [] } = baselines?.randomEntries ?? {};
  const heldPercent = baselines?.buyAndHoldPercent;
  const heldTop = MARGIN.top + NET_R_HEIGHT + PANEL_GAP;
  return {
    width,
    height: EQUITY_HEIGHT,
    left,
    right,
    x: linearScale([startMs, endMs], [left, right]),
    times: timeTicks(startMs, endMs, Math.max(2, (right - left) / PIXELS_A_TIME)),
    bottom: heldTop + HELD_HEIGHT,
    netR: panel([...cumulativeNetR, ...percentile5, ...percentile95], MARGIN.top, NET_R_HEIGHT, 6),
    held: heldPercent ? panel(heldPercent, heldTop, HELD_HEIGHT, 2) : null,
  };
}
