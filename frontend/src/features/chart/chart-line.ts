import {
  HistogramSeries,
  LineSeries,
  LineStyle,
  type AutoscaleInfo,
  type IChartApi,
  type IPaneApi,
  type IPriceLine,
  type ISeriesApi,
  type Time,
} from "lightweight-charts";
import { translucent, type ChartColours } from "./chart-colours";
import { barPointOf, linePointOf, lineStyle, NO_MARK_OF_THE_LAST } from "./chart-style";
import type { Emphasis } from "./evidence-parts";
import { valueOnAxis, type IndicatorLine } from "./indicator-lines";
import { continuesFrom, type LinePoint } from "./line-points";

const LEVEL_OPACITY = 0.6;

/** The scale always shows the levels that readings are judged by. */
function withLevels(
  own: AutoscaleInfo | null,
  levels: readonly number[] = [],
): AutoscaleInfo | null {
  if (!own?.priceRange) return own;
  const { minValue, maxValue } = own.priceRange;
  const priceRange = {
    minValue: Math.min(minValue, ...levels),
    maxValue: Math.max(maxValue, ...levels),
  };
  return { ...own, priceRange };
}

/** One line of an indicator, or the bars of a histogram. */
export class ChartLine {
  readonly line: IndicatorLine;
  readonly #chart: IChartApi;
  readonly #series: ISeriesApi<"Line" | "Histogram">;
  readonly #levels: readonly IPriceLine[];
  #points: readonly LinePoint[] = [];
  #price = 0;
  #colours: ChartColours;
  #emphasis: Emphasis = "plain";

  constructor(chart: IChartApi, line: IndicatorLine, pane: number, colours: ChartColours) {
    this.line = line;
    this.#chart = chart;
    this.#colours = colours;
    const options = {
      ...NO_MARK_OF_THE_LAST,
      crosshairMarkerVisible: false,
      autoscaleInfoProvider: (own: () => AutoscaleInfo | null) => withLevels(own(), line.levels),
      priceFormat: {
        type: "custom" as const,
        minMove: 1e-10,
        formatter: (value: number) => valueOnAxis(line, value, this.#price),
      },
    };
    this.#series =
      line.shape === "bars"
        ? chart.addSeries(HistogramSeries, options, pane)
        : chart.addSeries(LineSeries, options, pane);
    this.#levels = (line.levels ?? []).map((price) =>
      this.#series.createPriceLine({
        price,
        lineWidth: 1,
        lineStyle: LineStyle.Dotted,
        axisLabelVisible: false,
      }),
    );
    // Behind the lines that it is the difference of.
    if (line.shape === "bars") this.#series.setSeriesOrder(0);
    this.paint(colours, "plain");
  }

  get pane(): IPaneApi<Time> {
    return this.#series.getPane();
  }

  /** `price` is one of the market's, whose size says how exact the axis has to be. */
  draw(points: readonly LinePoint[], price: number): void {
    this.#price = price;
    const from = continuesFrom(this.#points, points);
    this.#points = points;
    if (from === null) this.#setAll();
    else for (const point of points.slice(from)) this.#series.update(this.#pointOf(point));
  }

  show(isShown: boolean): void {
    this.#series.applyOptions({ visible: isShown });
  }

  paint(colours: ChartColours, emphasis: Emphasis): void {
    this.#colours = colours;
    this.#emphasis = emphasis;
    const color = translucent(colours.control, LEVEL_OPACITY);
    for (const level of this.#levels) level.applyOptions({ color });
    if (this.line.shape === "bars") this.#setAll();
    else this.#series.applyOptions(lineStyle(this.line, colours, emphasis));
  }

  remove(): void {
    this.#chart.removeSeries(this.#series);
  }

  #setAll(): void {
    this.#series.setData(this.#points.map((point) => this.#pointOf(point)));
  }

  #pointOf(point: LinePoint) {
    if (this.line.shape !== "bars") return linePointOf(point);
    return barPointOf(point, this.#colours, this.#emphasis);
  }
}
