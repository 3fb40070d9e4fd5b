import {
  CandlestickSeries,
  HistogramSeries,
  LineStyle,
  PriceScaleMode,
  type IChartApi,
  type IPriceLine,
  type ISeriesApi,
} from "lightweight-charts";
import { numbers, priceDecimals } from "@/shared/format/numbers";
import type { Bar } from "@/shared/market/bar";
import type { ChartColours } from "./chart-colours";
import { barColour, candleOf, candleStyle, NO_MARK_OF_THE_LAST, volumeOf } from "./chart-style";
import type { Emphasis } from "./evidence-parts";

/** Shares of the price's pane. */
const VOLUME_HEIGHT = 0.16;
const AIR_ABOVE = 0.1;
const AIR_BELOW = 0.06;
/** Only the largest volumes reach higher, and they stand behind the candles. */
const ROOM_FOR_VOLUME = 0.1;

/** The candles, their volume and the line of the newest price. */
export class ChartBars {
  readonly series: ISeriesApi<"Candlestick">;
  readonly #volume: ISeriesApi<"Histogram">;
  readonly #newestPrice: IPriceLine;
  #colours: ChartColours;
  #emphasis: Emphasis = "plain";
  #bars: readonly Bar[] = [];
  #isDoubtful = false;

  constructor(chart: IChartApi, colours: ChartColours) {
    this.#colours = colours;
    this.series = chart.addSeries(CandlestickSeries, NO_MARK_OF_THE_LAST);
    this.#volume = chart.addSeries(HistogramSeries, {
      priceScaleId: "volume",
      priceFormat: { type: "volume" },
      ...NO_MARK_OF_THE_LAST,
    });
    this.#volume.priceScale().applyOptions({ scaleMargins: { top: 1 - VOLUME_HEIGHT, bottom: 0 } });
    this.#volume.setSeriesOrder(0);
    this.#newestPrice = this.series.createPriceLine({
      price: 0,
      lineStyle: LineStyle.Dotted,
      lineWidth: 1,
    });
    this.showVolume(true);
  }

  drawAll(bars: readonly Bar[]): void {
    this.#bars = bars;
    this.series.setData(bars.map(candleOf));
    this.#setVolume();
    this.#markNewest();
  }

  /** The bars from an index on are new or changed. */
  drawTail(bars: readonly Bar[], from: number): void {
    this.#bars = bars;
    for (const bar of bars.slice(from)) {
      this.series.update(candleOf(bar));
      this.#volume.update(volumeOf(bar, this.#colours, this.#emphasis));
    }
    this.#markNewest();
  }

  /** Decimals for prices of the newest bar's size, and a scale that follows the bars. */
  scaleAnew(): void {
    const decimals = priceDecimals(this.#bars.at(-1)?.close ?? 0);
    this.series.applyOptions({
      priceFormat: { type: "custom", formatter: numbers.price, minMove: 10 ** -decimals },
    });
    this.series.priceScale().setAutoScale(true);
  }

  /** A price that may have moved on is not shown as if it were the market's. */
  doubtNewest(isDoubtful: boolean): void {
    this.#isDoubtful = isDoubtful;
    this.#markNewest();
  }

  scaleByLog(isLog: boolean): void {
    const mode = isLog ? PriceScaleMode.Logarithmic : PriceScaleMode.Normal;
    this.series.priceScale().applyOptions({ mode });
  }

  /** The candles leave room for most of the volume below them. */
  showVolume(isShown: boolean): void {
    this.#volume.applyOptions({ visible: isShown });
    const bottom = isShown ? ROOM_FOR_VOLUME : AIR_BELOW;
    this.series.priceScale().applyOptions({ scaleMargins: { top: AIR_ABOVE, bottom } });
  }

  paint(colours: ChartColours, emphasis: Emphasis): void {
    this.#colours = colours;
    this.#emphasis = emphasis;
    this.series.applyOptions(candleStyle(colours));
    this.#setVolume();
    this.#markNewest();
  }

  #setVolume(): void {
    this.#volume.setData(this.#bars.map((bar) => volumeOf(bar, this.#colours, this.#emphasis)));
  }

  /**
   * A line of our own: the library's label would take its colour from the bar, which is transparent
   * when up, and its price from the last bar in view.
   */
  #markNewest(): void {
    const newest = this.#bars.at(-1);
    if (!newest) return;
    const color = this.#isDoubtful ? this.#colours.muted : barColour(newest, this.#colours);
    this.#newestPrice.applyOptions({ price: newest.close, color, axisLabelColor: color });
  }
}
