import {
  createChartEx,
  type IChartApi,
  type LogicalRange,
  type MouseEventParams,
  type Time,
  type UTCTimestamp,
} from "lightweight-charts";
import { times, wallMs } from "@/shared/format/times";
import type { Bar } from "@/shared/market/bar";
import type { Timeframe } from "@/shared/market/timeframe";
import type { ViewRange } from "@/shared/view/view";
import { ChartBars } from "./chart-bars";
import { ClockScale } from "./chart-clock";
import { readChartColours, type ChartColours } from "./chart-colours";
import { ChartLayers } from "./chart-layers";
import { pictureOf } from "./chart-picture";
import { chartStyle, seconds } from "./chart-style";
import { ChartWindow } from "./chart-window";
import { planRedraw } from "./redraw";

/** Older bars are asked for while this many are still hidden on the left. */
const HISTORY_MARGIN_BARS = 100;

export interface ChartEvents {
  /** The open time of the bar under the pointer, or null when it left. */
  readonly onPoint: (openMs: number | null) => void;
  /** The first bars are about to come into view. */
  readonly onNearStart: () => void;
  /** Whether the first bar is in view. */
  readonly onFirst: (isSeen: boolean) => void;
  /** A mark was pressed. */
  readonly onPress: (markId: string) => void;
}

/** Everything imperative about the chart; the chart-*.ts files beside it are its parts. */
export class ChartCanvas {
  readonly layers: ChartLayers;
  readonly #chart: IChartApi;
  readonly #candles: ChartBars;
  readonly #window: ChartWindow;
  readonly #place: HTMLElement;
  readonly #events: ChartEvents;
  #colours: ChartColours;
  #bars: readonly Bar[] = [];
  #market = "";
  #timeframe: Timeframe = "1m";
  /** The bar that the keyboard put the crosshair on. */
  #walkedTo: Bar | null = null;

  constructor(place: HTMLElement, events: ChartEvents) {
    this.#place = place;
    this.#events = events;
    this.#colours = readChartColours(place);
    const scale = new ClockScale((time) => this.#wallClock(time));
    this.#chart = createChartEx<Time, ClockScale>(place, scale, {
      autoSize: true,
      localization: { timeFormatter: (time: UTCTimestamp) => this.#timeLabel(time) },
    });
    this.#window = new ChartWindow(this.#chart);
    this.#candles = new ChartBars(this.#chart, this.#colours);
    this.layers = new ChartLayers(place, this.#chart, this.#candles, this.#colours);
    this.#chart.subscribeCrosshairMove((move) => this.#point(move));
    this.#chart.subscribeClick((press) => this.#press(press));
    this.#chart.timeScale().subscribeVisibleLogicalRangeChange((range) => this.#look(range));
    this.paint();
  }

  /** Follows the data. Bars in view stay where they are, unless the view follows the newest. */
  draw(market: string, timeframe: Timeframe, bars: readonly Bar[]): void {
    if (market !== this.#market || timeframe !== this.#timeframe) {
      this.#startAnew(market, timeframe);
    }
    const before = this.#bars;
    const { places } = this.#window;
    const plan = planRedraw(before, bars, Math.round(places?.from ?? 0));
    this.#bars = bars;
    if (plan.kind === "none") return;
    if (plan.kind === "tail") this.#candles.drawTail(bars, plan.from);
    else this.#candles.drawAll(bars);
    if (before.length === 0 || !places) this.showNewest();
    else if (plan.kind === "all") this.#window.keep(places, before.length, bars.length, plan.shift);
    this.layers.moveRisk(bars, timeframe);
    this.#describeBars();
    this.#showWalkNextFrame();
  }

  scaleByLog(isLog: boolean): void {
    this.#candles.scaleByLog(isLog);
  }

  doubtNewest(isDoubtful: boolean): void {
    this.#candles.doubtNewest(isDoubtful);
  }

  /** Colours everything by the tokens of the theme on screen. */
  paint(): void {
    this.#colours = readChartColours(this.#place);
    const { fontFamily } = getComputedStyle(this.#place);
    this.#chart.applyOptions(chartStyle(this.#colours, fontFamily));
    this.layers.paint(this.#colours);
  }

  /** Puts the crosshair on a bar, scrolling it into view; null takes it away. */
  pointAt(index: number | null): void {
    this.#walkedTo = (index === null ? undefined : this.#bars[index]) ?? null;
    if (index === null) this.#chart.clearCrosshairPosition();
    else this.#window.bringIntoView(index);
    this.#showWalkNextFrame();
  }

  showNewest(): void {
    this.#candles.scaleAnew();
    this.#window.showNewest();
  }

  stopAtFirst(isStopped: boolean): void {
    this.#window.stopAtFirst(isStopped);
  }

  showRange(range: ViewRange): void {
    this.#window.show(range, this.#bars, this.#timeframe);
  }

  /** An event time that is out of view moves to the middle. */
  reveal(ms: number): void {
    this.#window.reveal(ms, this.#bars, this.#timeframe);
  }

  /** What is in view, in event time; null before there are bars. */
  range(): ViewRange | null {
    return this.#window.times(this.#bars, this.#timeframe);
  }

  /** The one furthest to the right; undefined before there are bars. */
  newestInView(): Bar | undefined {
    const to = this.#window.places?.to ?? Infinity;
    return this.#bars[Math.min(Math.floor(to), this.#bars.length - 1)];
  }

  picture(caption: string): HTMLCanvasElement {
    return pictureOf(this.#chart, caption, this.#colours);
  }

  remove(): void {
    this.#walkedTo = null;
    this.#chart.remove();
  }

  #startAnew(market: string, timeframe: Timeframe): void {
    this.#market = market;
    this.#timeframe = timeframe;
    this.#bars = [];
    this.#walkedTo = null;
    this.layers.clear();
    this.#chart.timeScale().applyOptions({ timeVisible: timeframe !== "1d" });
  }

  /** Only then do the scales know of new data or a new range. */
  #showWalkNextFrame(): void {
    requestAnimationFrame(() => {
      if (!this.#walkedTo) return;
      const { close, openMs } = this.#walkedTo;
      this.#chart.setCrosshairPosition(close, seconds(openMs), this.#candles.series);
    });
  }

  /** A daily bar is of the UTC day, wherever its reader is. */
  #wallClock(time: UTCTimestamp): UTCTimestamp {
    if (this.#timeframe === "1d") return time;
    return seconds(wallMs(time * 1000));
  }

  #timeLabel(time: UTCTimestamp): string {
    const ms = time * 1000;
    return this.#timeframe === "1d" ? times.day(ms) : times.moment(ms);
  }

  #point({ logical, sourceEvent }: MouseEventParams): void {
    // Without an event of the pointer's, new data or a new range moved the crosshair of a walk.
    if (!sourceEvent && this.#walkedTo) return;
    this.#walkedTo = null;
    const bar = logical === undefined ? undefined : this.#bars[logical];
    this.#events.onPoint(bar?.openMs ?? null);
  }

  #press({ hoveredInfo }: MouseEventParams): void {
    if (typeof hoveredInfo?.objectId === "string") this.#events.onPress(hoveredInfo.objectId);
  }

  #look(range: LogicalRange | null): void {
    const isNearStart = range !== null && range.from < HISTORY_MARGIN_BARS;
    if (isNearStart && this.#bars.length > 0) this.#events.onNearStart();
    this.#events.onFirst(this.#window.isFirstSeen);
    this.layers.spread(this.#window.barSpacingPx);
    const seen = this.range();
    Object.assign(this.#place.dataset, { from: seen?.fromMs ?? "", to: seen?.toMs ?? "" });
  }

  /** Says in data attributes what is drawn. */
  #describeBars(): void {
    const last = this.#bars.at(-1);
    Object.assign(this.#place.dataset, {
      timeframe: this.#timeframe,
      bars: this.#bars.length,
      firstBar: this.#bars[0]?.openMs ?? "",
      lastBar: last?.openMs ?? "",
      lastClose: last?.close ?? "",
    });
  }
}
