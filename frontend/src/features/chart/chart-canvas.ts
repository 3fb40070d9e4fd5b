import {
  CandlestickSeries,
  createChart,
  HistogramSeries,
  type CandlestickData,
  type HistogramData,
  type IChartApi,
  type ISeriesApi,
  type LogicalRange,
  type MouseEventParams,
  type UTCTimestamp,
} from "lightweight-charts";
import { numbers, priceDecimals } from "@/shared/format/numbers";
import { times } from "@/shared/format/times";
import type { Bar } from "@/shared/market/bar";
import type { Timeframe } from "@/shared/market/timeframe";
import { readChartColours, translucent, type ChartColours } from "./chart-colours";
import { planRedraw } from "./redraw";

const BAR_SPACING_PX = 8;
const BARS_RIGHT_OF_THE_NEWEST = 6;
/** Older bars are asked for while this many are still hidden on the left. */
const HISTORY_MARGIN_BARS = 100;
const VOLUME_OPACITY = 0.45;
const VOLUME_HEIGHT = 0.18;

export interface ChartEvents {
  /** The open time of the bar under the pointer, or null when it left. */
  readonly onPoint: (openMs: number | null) => void;
  /** The first bars are about to come into view. */
  readonly onNearStart: () => void;
}

function seconds(openMs: number): UTCTimestamp {
  return (openMs / 1000) as UTCTimestamp;
}

function isUp(bar: Bar): boolean {
  return bar.close >= bar.open;
}

/** Everything imperative about the chart: Lightweight Charts is known to no other module. */
export class ChartCanvas {
  readonly #chart: IChartApi;
  readonly #candles: ISeriesApi<"Candlestick">;
  readonly #volume: ISeriesApi<"Histogram">;
  readonly #place: HTMLElement;
  readonly #events: ChartEvents;
  #colours: ChartColours;
  #bars: readonly Bar[] = [];
  #timeframe: Timeframe | null = null;
  #market = "";

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
      handleScale: { axisDoubleClickReset: true },
    });
    this.#candles = this.#chart.addSeries(CandlestickSeries, { upColor: "transparent" });
    this.#volume = this.#chart.addSeries(HistogramSeries, {
      priceScaleId: "volume",
      priceFormat: { type: "volume" },
      lastValueVisible: false,
      priceLineVisible: false,
    });
    this.#volume.priceScale().applyOptions({ scaleMargins: { top: 1 - VOLUME_HEIGHT, bottom: 0 } });
    this.#candles
      .priceScale()
      .applyOptions({ scaleMargins: { top: 0.1, bottom: VOLUME_HEIGHT + 0.04 } });
    this.#chart.subscribeCrosshairMove((move) => this.#point(move));
    this.#chart.timeScale().subscribeVisibleLogicalRangeChange((range) => this.#look(range));
    this.paint();
  }

  /** Follows the data; the bars in view stay where they are unless the view follows the newest. */
  draw(market: string, timeframe: Timeframe, bars: readonly Bar[]): void {
    if (market !== this.#market || timeframe !== this.#timeframe)
      this.#startAnew(market, timeframe);
    const before = this.#bars;
    const range = this.#chart.timeScale().getVisibleLogicalRange();
    const plan = planRedraw(before, bars, Math.round(range?.from ?? 0));
    this.#bars = bars;
    if (plan.kind === "tail") this.#drawTail(plan.from);
    if (plan.kind === "all")
      this.#drawAll(before.length === 0 ? null : range, before.length, plan.shift);
    if (plan.kind !== "none") this.#describe();
  }

  /** Reads the tokens of the theme on screen and colours everything by them. */
  paint(): void {
    const colours = (this.#colours = readChartColours(this.#place));
    const grid = { color: translucent(colours.line, 0.5) };
    const crosshair = { color: colours.control, labelBackgroundColor: colours.control };
    this.#chart.applyOptions({
      layout: {
        attributionLogo: true,
        background: { color: colours.surface },
        textColor: colours.muted,
        fontFamily: getComputedStyle(this.#place).fontFamily,
        fontSize: 12,
      },
      grid: { vertLines: grid, horzLines: grid },
      crosshair: { vertLine: crosshair, horzLine: crosshair },
      rightPriceScale: { borderColor: colours.line },
      timeScale: { borderColor: colours.line },
    });
    this.#candles.applyOptions({
      downColor: colours.down,
      borderUpColor: colours.up,
      borderDownColor: colours.down,
      wickUpColor: colours.up,
      wickDownColor: colours.down,
    });
    this.#volume.setData(this.#bars.map((bar) => this.#volumeOf(bar)));
    this.#tintLabel();
  }

  /** Puts the crosshair on a bar, scrolling it into view; null takes it away. */
  pointAt(index: number | null): void {
    const bar = index === null ? undefined : this.#bars[index];
    if (!bar || index === null) {
      this.#chart.clearCrosshairPosition();
      return;
    }
    this.#bringIntoView(index);
    this.#chart.setCrosshairPosition(bar.close, seconds(bar.openMs), this.#candles);
  }

  showNewest(): void {
    this.#chart.timeScale().scrollToRealTime();
  }

  remove(): void {
    this.#chart.remove();
  }

  #startAnew(market: string, timeframe: Timeframe): void {
    this.#market = market;
    this.#timeframe = timeframe;
    this.#bars = [];
    this.#chart.applyOptions({ timeScale: { timeVisible: timeframe !== "1d" } });
  }

  #drawTail(from: number): void {
    for (const bar of this.#bars.slice(from)) {
      this.#candles.update(this.#candleOf(bar));
      this.#volume.update(this.#volumeOf(bar));
    }
    this.#tintLabel();
  }

  #drawAll(range: LogicalRange | null, lengthBefore: number, shift: number): void {
    this.#adoptPrecision();
    this.#candles.setData(this.#bars.map((bar) => this.#candleOf(bar)));
    this.#volume.setData(this.#bars.map((bar) => this.#volumeOf(bar)));
    this.#tintLabel();
    const timeScale = this.#chart.timeScale();
    const followsNewest = range !== null && range.to >= lengthBefore - 1;
    if (range === null) this.#showFirstView();
    else if (followsNewest)
      timeScale.setVisibleLogicalRange(moved(range, this.#bars.length - lengthBefore));
    else timeScale.setVisibleLogicalRange(moved(range, shift));
  }

  #showFirstView(): void {
    const timeScale = this.#chart.timeScale();
    timeScale.applyOptions({ barSpacing: BAR_SPACING_PX, rightOffset: BARS_RIGHT_OF_THE_NEWEST });
    timeScale.scrollToPosition(BARS_RIGHT_OF_THE_NEWEST, false);
    this.#candles.priceScale().setAutoScale(true);
  }

  #adoptPrecision(): void {
    const decimals = priceDecimals(this.#bars.at(-1)?.close ?? 0);
    this.#candles.applyOptions({
      priceFormat: { type: "price", precision: decimals, minMove: 10 ** -decimals },
    });
  }

  #bringIntoView(index: number): void {
    const timeScale = this.#chart.timeScale();
    const range = timeScale.getVisibleLogicalRange();
    if (!range) return;
    if (index < range.from) timeScale.setVisibleLogicalRange(moved(range, index - range.from - 1));
    if (index > range.to) timeScale.setVisibleLogicalRange(moved(range, index - range.to + 1));
  }

  #candleOf({ openMs, open, high, low, close }: Bar): CandlestickData<UTCTimestamp> {
    return { time: seconds(openMs), open, high, low, close };
  }

  #volumeOf(bar: Bar): HistogramData<UTCTimestamp> {
    const colour = isUp(bar) ? this.#colours.up : this.#colours.down;
    return {
      time: seconds(bar.openMs),
      value: bar.volume,
      color: translucent(colour, VOLUME_OPACITY),
    };
  }

  /** The label of the newest price takes its colour from the bar, which is transparent when up. */
  #tintLabel(): void {
    const newest = this.#bars.at(-1);
    if (!newest) return;
    this.#candles.applyOptions({
      priceLineColor: isUp(newest) ? this.#colours.up : this.#colours.down,
    });
  }

  #timeLabel(time: UTCTimestamp): string {
    const ms = time * 1000;
    return this.#timeframe === "1d" ? times.day(ms) : times.moment(ms);
  }

  #point({ logical }: MouseEventParams): void {
    const bar = logical === undefined ? undefined : this.#bars[logical];
    this.#events.onPoint(bar?.openMs ?? null);
  }

  #look(range: LogicalRange | null): void {
    if (range && this.#bars.length > 0 && range.from < HISTORY_MARGIN_BARS)
      this.#events.onNearStart();
  }

  /** Says in data attributes what is drawn, for tests and for whoever looks. */
  #describe(): void {
    const { dataset } = this.#place;
    const first = this.#bars[0];
    const last = this.#bars.at(-1);
    dataset["timeframe"] = this.#timeframe ?? "";
    dataset["bars"] = String(this.#bars.length);
    dataset["firstBar"] = String(first?.openMs ?? "");
    dataset["lastBar"] = String(last?.openMs ?? "");
    dataset["lastClose"] = String(last?.close ?? "");
  }
}

function moved(range: LogicalRange, by: number): LogicalRange {
  return { from: range.from + by, to: range.to + by } as LogicalRange;
}
