import type { Bar } from "@/shared/market/bar";
import { barMs } from "@/shared/market/timeframe";
import { linearScale, type Scale } from "@/shared/plot/scale";
import type { Outcome } from "@/shared/signals/outcome";
import type { TradeSignal } from "@/shared/signals/signal";

export const BARS_BEFORE = 60;
export const BARS_AFTER = 30;

/** Event time; the end is not part of it. */
export interface Stretch {
  readonly fromMs: number;
  readonly untilMs: number;
}

/** From its entry at the bar's close until it was left; null: it still runs. */
export interface Life {
  readonly fromMs: number;
  readonly untilMs: number | null;
}

export function lifeOf(signal: Pick<TradeSignal, "openMs" | "timeframe" | "raw">): Life {
  const closedMs = Date.parse(signal.raw.closedAt ?? "");
  const fromMs = signal.openMs + barMs(signal.timeframe);
  return { fromMs, untilMs: Number.isNaN(closedMs) ? null : closedMs };
}

/** The bars around the decided one; a longer life is seen to its end. */
export function pictured(signal: Pick<TradeSignal, "openMs" | "timeframe" | "raw">): Stretch {
  const bar = barMs(signal.timeframe);
  const { untilMs } = lifeOf(signal);
  const lived = untilMs === null ? 0 : Math.ceil((untilMs - signal.openMs) / bar) + 1;
  return {
    fromMs: signal.openMs - BARS_BEFORE * bar,
    untilMs: signal.openMs + Math.max(BARS_AFTER + 1, lived) * bar,
  };
}

/** Places are in percent of the picture, from its left and its top. */
export interface DrawnBar {
  readonly openMs: number;
  readonly middle: number;
  readonly left: number;
  readonly width: number;
  readonly high: number;
  readonly low: number;
  readonly bodyTop: number;
  readonly bodyBottom: number;
  readonly isUp: boolean;
}

export interface DrawnLevel {
  readonly kind: "entry" | "stop" | "target";
  /** Of targets, from 1. */
  readonly number: number;
  readonly price: number;
  readonly y: number;
}

/** The highest and the lowest price of the candles. */
export interface DrawnExtreme {
  readonly kind: "high" | "low";
  readonly price: number;
  readonly y: number;
}

export interface Picture {
  readonly bars: readonly DrawnBar[];
  readonly extremes: readonly DrawnExtreme[];
  readonly levels: readonly DrawnLevel[];
  readonly zone: { readonly top: number; readonly bottom: number } | null;
  readonly life: { readonly left: number; readonly right: number };
  readonly decided: { readonly left: number; readonly right: number };
  readonly exit: { readonly x: number; readonly y: number } | null;
}

interface Drawing {
  readonly signal: TradeSignal;
  readonly bars: readonly Bar[];
  readonly outcome: Outcome | null;
}

const MARGIN = 4;
const BODY = 0.7;

/** The signal's candles and, over its life, its zone and levels. */
export function drawPicture({ signal, bars, outcome }: Drawing): Picture {
  const { fromMs, untilMs } = pictured(signal);
  const x = linearScale([fromMs, untilMs], [0, 100]);
  const y = priceScale(signal, bars);
  const bar = barMs(signal.timeframe);
  const life = lifeOf(signal);
  const lastMs = Math.max(life.fromMs, (bars.at(-1)?.openMs ?? 0) + bar);
  const { levels } = signal;
  return {
    bars: bars.map((one) => drawnBar(one, bar, x, y)),
    extremes: extremesOf(bars, y),
    levels: levelsOf(signal, y),
    zone: levels && { top: y(levels.zoneMax), bottom: y(levels.zoneMin) },
    life: { left: x(life.fromMs), right: x(Math.min(life.untilMs ?? lastMs, untilMs)) },
    decided: { left: x(signal.openMs), right: x(signal.openMs + bar) },
    exit: exitOf(outcome, x, y),
  };
}

function priceScale({ levels }: TradeSignal, bars: readonly Bar[]): Scale {
  const marked = levels ? [levels.stop, levels.zoneMin, levels.zoneMax, ...levels.targets] : [];
  const prices = [...bars.flatMap(({ high, low }) => [high, low]), ...marked];
  return linearScale([Math.min(...prices), Math.max(...prices)], [100 - MARGIN, MARGIN]);
}

function drawnBar(bar: Bar, lengthMs: number, x: Scale, y: Scale): DrawnBar {
  const slot = x(bar.openMs + lengthMs) - x(bar.openMs);
  const middle = x(bar.openMs) + slot / 2;
  return {
    openMs: bar.openMs,
    middle,
    left: middle - (slot * BODY) / 2,
    width: slot * BODY,
    high: y(bar.high),
    low: y(bar.low),
    bodyTop: y(Math.max(bar.open, bar.close)),
    bodyBottom: y(Math.min(bar.open, bar.close)),
    isUp: bar.close >= bar.open,
  };
}

function extremesOf(bars: readonly Bar[], y: Scale): readonly DrawnExtreme[] {
  if (bars.length === 0) return [];
  const high = Math.max(...bars.map((bar) => bar.high));
  const low = Math.min(...bars.map((bar) => bar.low));
  return [
    { kind: "high", price: high, y: y(high) },
    { kind: "low", price: low, y: y(low) },
  ];
}

function levelsOf({ levels }: TradeSignal, y: Scale): readonly DrawnLevel[] {
  if (!levels) return [];
  const { entry, stop, targets } = levels;
  return [
    { kind: "entry", number: 0, price: entry, y: y(entry) },
    { kind: "stop", number: 0, price: stop, y: y(stop) },
    ...targets.map((price, index) => {
      return { kind: "target" as const, number: index + 1, price, y: y(price) };
    }),
  ];
}

function exitOf(outcome: Outcome | null, x: Scale, y: Scale): Picture["exit"] {
  if (outcome?.exitMs == null || outcome.exitPrice === null) return null;
  return { x: x(outcome.exitMs), y: y(outcome.exitPrice) };
}

/** Places of labels that would overlap, moved apart to the least distance, in order, within 0…100. */
export function apart(places: readonly number[], least: number): readonly number[] {
  const order = places.map((_, index) => index).sort((a, b) => (places[a] ?? 0) - (places[b] ?? 0));
  const moved = [...places];
  let before = -Infinity;
  for (const index of order) {
    before = Math.max(places[index] ?? 0, before + least);
    moved[index] = before;
  }
  let after = 100 + least;
  for (const index of order.toReversed()) {
    after = Math.min(moved[index] ?? 0, after - least);
    moved[index] = after;
  }
  return moved;
}
