import type { IChartApi, LogicalRange } from "lightweight-charts";
import type { Bar } from "@/shared/market/bar";
import type { Timeframe } from "@/shared/market/timeframe";
import type { ViewRange } from "@/shared/view/view";
import { placeOf, timeAt } from "./bar-times";

const BAR_SPACING_PX = 8;
const HALF_A_BAR = 0.5;
const BARS_RIGHT_OF_THE_NEWEST = 6;

function moved(range: LogicalRange, by: number): LogicalRange {
  return { from: range.from + by, to: range.to + by } as LogicalRange;
}

/** The stretch of the bars that is in view. */
export class ChartWindow {
  readonly #chart: IChartApi;

  constructor(chart: IChartApi) {
    this.#chart = chart;
    this.#scale.applyOptions({
      barSpacing: BAR_SPACING_PX,
      rightOffset: BARS_RIGHT_OF_THE_NEWEST,
      secondsVisible: false,
    });
  }

  get places(): LogicalRange | null {
    return this.#scale.getVisibleLogicalRange();
  }

  get barSpacingPx(): number {
    return this.#scale.options().barSpacing;
  }

  /** The middle of the first bar is its place. */
  get isFirstSeen(): boolean {
    return (this.places?.from ?? Infinity) < HALF_A_BAR;
  }

  /** In event time; null before there is anything to see. */
  times(bars: readonly Bar[], timeframe: Timeframe): ViewRange | null {
    const { places } = this;
    const fromMs = places && timeAt(bars, timeframe, places.from);
    const toMs = places && timeAt(bars, timeframe, places.to);
    return fromMs === null || toMs === null ? null : { fromMs, toMs };
  }

  /** The newest bars at their usual width. */
  showNewest(): void {
    this.#scale.applyOptions({ barSpacing: BAR_SPACING_PX });
    this.#scale.scrollToPosition(BARS_RIGHT_OF_THE_NEWEST, false);
  }

  /** Once nothing older is to be had, there is nothing to see to the left of the first bar. */
  stopAtFirst(isStopped: boolean): void {
    this.#scale.applyOptions({ fixLeftEdge: isStopped });
  }

  show(range: ViewRange, bars: readonly Bar[], timeframe: Timeframe): void {
    const from = placeOf(bars, timeframe, range.fromMs);
    const to = placeOf(bars, timeframe, range.toMs);
    if (from === null || to === null) return;
    this.#scale.setVisibleLogicalRange({ from, to });
  }

  /** Has what was in `places` of the bars before stay there, or follow the newest bar. */
  keep(places: LogicalRange, countBefore: number, countNow: number, shift: number): void {
    const followsNewest = places.to >= countBefore - 1;
    const by = followsNewest ? countNow - countBefore : shift;
    this.#scale.setVisibleLogicalRange(moved(places, by));
  }

  bringIntoView(place: number): void {
    const { places } = this;
    if (!places) return;
    const hidden = Math.min(0, place - places.from - 1) + Math.max(0, place - places.to + 1);
    if (hidden !== 0) this.#scale.setVisibleLogicalRange(moved(places, hidden));
  }

  reveal(ms: number, bars: readonly Bar[], timeframe: Timeframe): void {
    const { places } = this;
    const place = placeOf(bars, timeframe, ms);
    if (!places || place === null || (places.from < place && place < places.to)) return;
    const middle = (places.from + places.to) / 2;
    this.#scale.setVisibleLogicalRange(moved(places, place - middle));
  }

  get #scale() {
    return this.#chart.timeScale();
  }
}
