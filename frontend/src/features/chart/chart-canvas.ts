import {
  CandlestickSeries,
  createChart,
  HistogramSeries,
  LineStyle,
  type IChartApi,
  type IPriceLine,
  type ISeriesApi,
  type LogicalRange,
  type MouseEventParams,
  type UTCTimestamp,
} from "lightweight-charts";
import { numbers, priceDecimals } from "@/shared/format/numbers";
import { times } from "@/shared/format/times";
import type { Bar } from "@/shared/market/bar";
import type { Timeframe } from "@/shared/market/timeframe";
import { readChartColours, type ChartColours } from "./chart-colours";
import { barColour, candleOf, candleStyle, chartStyle, seconds, volumeOf } from "./chart-style";
import { planRedraw } from "./redraw";

const BAR_SPACING_PX = 8;
const BARS_RIGHT_OF_THE_NEWEST = 6;
/** Older bars are asked for while this many are still hidden on the left. */
const HISTORY_MARGIN_BARS = 100;
const VOLUME_HEIGHT = 0.18;
const NO_MARK_OF_THE_LAST = { lastValueVisible: false, priceLineVisible: false };
const CANDLE_MARGINS = { top: 0.1, bottom: VOLUME_HEIGHT + 0.04 };

export interface ChartEvents {
  /** The open time of the bar under the pointer, or null when it left. */
  readonly onPoint: (openMs: number | null) => void;
  /** The first bars are about to come into view. */
  readonly onNearStart: () => void;
}

function moved(range: LogicalRange, by: number): LogicalRange {
  return { from: range.from + by, to: range.to + by } as LogicalRange;
}

/** Everything imperative about the chart: no other module draws with Lightweight Charts. */
export class ChartCanvas {
  readonly #chart: IChartApi;
  readonly #candles: ISeriesApi<"Candlestick">;
  readonly #volume: ISeriesApi<"Histogram">;
  readonly #newestPrice: IPriceLine;
  readonly #place: HTMLElement;
  readonly #events: ChartEvents;
  #colours: ChartColours;
  #bars: readonly Bar[] = [];
  #market = "";
  #timeframe: Timeframe | null = null;
  /** The bar that the keyboard put the crosshair on. */
  #walkedTo: Bar | null = null;

  constructor(place: HTMLElement, events: ChartEvents) {
    this.#place = place;
    this.#events = events;
    this.#colours = readChartColours(place);
    this.#chart = createChart(place, {
      autoSize: true,
      localization: {
        priceFormatter: numbers.price,
        timeFormatter: (time: UTCTimestamp) => this.#timeLabel(time),
      },
      timeScale: {
        barSpacing: BAR_SPACING_PX,
        rightOffset: BARS_RIGHT_OF_THE_NEWEST,
        secondsVisible: false,
      },
    });
    this.#candles = this.#chart.addSeries(CandlestickSeries, NO_MARK_OF_THE_LAST);
    this.#candles.priceScale().applyOptions({ scaleMargins: CANDLE_MARGINS });
    this.#volume = this.#addVolume();
    this.#newestPrice = this.#candles.createPriceLine({
      price: 0,
      lineStyle: LineStyle.Dotted,
      lineWidth: 1,
    });
    this.#chart.subscribeCrosshairMove((move) => this.#point(move));
    this.#chart.timeScale().subscribeVisibleLogicalRangeChange((range) => this.#look(range));
    this.paint();
  }

  /** Follows the data. Bars in view stay where they are, unless the view follows the newest. */
  draw(market: string, timeframe: Timeframe, bars: readonly Bar[]): void {
    if (market !== this.#market || timeframe !== this.#timeframe) {
      this.#startAnew(market, timeframe);
    }
    const before = this.#bars;
    const range = this.#chart.timeScale().getVisibleLogicalRange();
    const plan = planRedraw(before, bars, Math.round(range?.from ?? 0));
    this.#bars = bars;
    if (plan.kind === "none") return;
    if (plan.kind === "tail") this.#drawTail(plan.from);
    else if (before.length === 0 || !range) this.#drawFirst();
    else this.#drawAnew(range, before.length, plan.shift);
    this.#markNewest();
    this.#describe();
    this.#showWalkNextFrame();
  }

  /** Colours everything by the tokens of the theme on screen. */
  paint(): void {
    this.#colours = readChartColours(this.#place);
    const { fontFamily } = getComputedStyle(this.#place);
    this.#chart.applyOptions(chartStyle(this.#colours, fontFamily));
    this.#candles.applyOptions(candleStyle(this.#colours));
    this.#volume.setData(this.#bars.map((bar) => volumeOf(bar, this.#colours)));
    this.#markNewest();
  }

  /** Puts the crosshair on a bar, scrolling it into view; null takes it away. */
  pointAt(index: number | null): void {
    this.#walkedTo = (index === null ? undefined : this.#bars[index]) ?? null;
    if (index === null) this.#chart.clearCrosshairPosition();
    else this.#bringIntoView(index);
    this.#showWalkNextFrame();
  }

  showNewest(): void {
    this.#chart.timeScale().scrollToRealTime();
  }

  remove(): void {
    this.#walkedTo = null;
    this.#chart.remove();
  }

  #addVolume(): ISeriesApi<"Histogram"> {
    const volume = this.#chart.addSeries(HistogramSeries, {
      priceScaleId: "volume",
      priceFormat: { type: "volume" },
      ...NO_MARK_OF_THE_LAST,
    });
    volume.priceScale().applyOptions({ scaleMargins: { top: 1 - VOLUME_HEIGHT, bottom: 0 } });
    return volume;
  }

  #startAnew(market: string, timeframe: Timeframe): void {
    this.#market = market;
    this.#timeframe = timeframe;
    this.#bars = [];
    this.#walkedTo = null;
    this.#chart.timeScale().applyOptions({ timeVisible: timeframe !== "1d" });
  }

  #drawTail(from: number): void {
    for (const bar of this.#bars.slice(from)) {
      this.#candles.update(candleOf(bar));
      this.#volume.update(volumeOf(bar, this.#colours));
    }
  }

  #drawAll(): void {
    this.#candles.setData(this.#bars.map(candleOf));
    this.#volume.setData(this.#bars.map((bar) => volumeOf(bar, this.#colours)));
  }

  #drawFirst(): void {
    const decimals = priceDecimals(this.#bars.at(-1)?.close ?? 0);
    this.#candles.applyOptions({
      priceFormat: { type: "price", precision: decimals, minMove: 10 ** -decimals },
    });
    this.#drawAll();
    const timeScale = this.#chart.timeScale();
    timeScale.applyOptions({ barSpacing: BAR_SPACING_PX });
    timeScale.scrollToPosition(BARS_RIGHT_OF_THE_NEWEST, false);
    this.#candles.priceScale().setAutoScale(true);
  }

  #drawAnew(range: LogicalRange, lengthBefore: number, shift: number): void {
    this.#drawAll();
    const followsNewest = range.to >= lengthBefore - 1;
    const by = followsNewest ? this.#bars.length - lengthBefore : shift;
    this.#chart.timeScale().setVisibleLogicalRange(moved(range, by));
  }

  /** Only then do the scales know of new data or a new range. */
  #showWalkNextFrame(): void {
    requestAnimationFrame(() => {
      if (!this.#walkedTo) return;
      const { close, openMs } = this.#walkedTo;
      this.#chart.setCrosshairPosition(close, seconds(openMs), this.#candles);
    });
  }

  #bringIntoView(index: number): void {
    const timeScale = this.#chart.timeScale();
    const range = timeScale.getVisibleLogicalRange();
    if (!range) return;
    const hidden = Math.min(0, index - range.from - 1) + Math.max(0, index - range.to + 1);
    if (hidden !== 0) timeScale.setVisibleLogicalRange(moved(range, hidden));
  }

  /**
   * A line of our own: the library's label would take its colour from the bar, which is transparent
   * when up, and its price from the last bar in view.
   */
  #markNewest(): void {
    const newest = this.#bars.at(-1);
    if (!newest) return;
    const color = barColour(newest, this.#colours);
    this.#newestPrice.applyOptions({ price: newest.close, color, axisLabelColor: color });
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

  #look(range: LogicalRange | null): void {
    const isNearStart = range !== null && range.from < HISTORY_MARGIN_BARS;
    if (isNearStart && this.#bars.length > 0) this.#events.onNearStart();
  }

  /** Says in data attributes what is drawn. */
  #describe(): void {
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
