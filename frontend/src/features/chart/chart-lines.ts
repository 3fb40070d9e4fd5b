import type { IChartApi } from "lightweight-charts";
import type { Bar } from "@/shared/market/bar";
import { INDICATORS, type IndicatorId } from "@/shared/market/indicators";
import { barMs, type Timeframe } from "@/shared/market/timeframe";
import type { ChartColours } from "./chart-colours";
import { ChartLine } from "./chart-line";
import { emphasisOf } from "./evidence-parts";
import { INDICATOR_LINES, type IndicatorLine } from "./indicator-lines";
import type { IndicatorValues } from "./indicator-values";
import { linePoints } from "./line-points";

/** Heights of the price's pane and of each of the others below it, in proportion. */
const PRICE_STRETCH = 4;
const PANE_STRETCH = 1;
/** Shares of a pane below the price's, whose legend is in its upper corner. */
const ROOM_FOR_LEGEND = { top: 0.35, bottom: 0.05 };

function hasOwnPane(id: IndicatorId): boolean {
  return INDICATORS.some((one) => one.id === id && one.place === "pane");
}

/** The indicators' lines, over the price and in panes of their own below it. */
export class ChartLines {
  readonly #chart: IChartApi;
  readonly #lines = new Map<IndicatorLine, ChartLine>();
  #colours: ChartColours;

  constructor(chart: IChartApi, colours: ChartColours) {
    this.#chart = chart;
    this.#colours = colours;
    chart.panes()[0]?.setStretchFactor(PRICE_STRETCH);
  }

  /** Has a line for each of the shown indicators and no others; hidden ones keep their pane. */
  choose(shown: readonly IndicatorId[], hidden: readonly IndicatorId[]): void {
    for (const line of INDICATOR_LINES) {
      const drawn = this.#lines.get(line);
      if (!shown.includes(line.indicator)) this.#drop(line);
      else (drawn ?? this.#add(line)).show(!hidden.includes(line.indicator));
    }
  }

  draw(closed: readonly Bar[], values: IndicatorValues, timeframe: Timeframe): void {
    const price = closed.at(-1)?.close ?? 0;
    for (const [{ column }, drawn] of this.#lines) {
      drawn.draw(linePoints(closed, values, column, barMs(timeframe)), price);
    }
  }

  clear(): void {
    for (const drawn of this.#lines.values()) drawn.draw([], 0);
  }

  paint(colours: ChartColours, family: string | null, visible: readonly IndicatorId[]): void {
    this.#colours = colours;
    for (const [{ indicator }, drawn] of this.#lines) {
      drawn.paint(colours, emphasisOf(indicator, family, visible));
    }
  }

  /** The panes of indicators that have their own, from top to bottom. */
  panes(): ReadonlyMap<IndicatorId, HTMLElement> {
    const places = new Map<IndicatorId, HTMLElement>();
    for (const [{ indicator }, drawn] of this.#lines) {
      const place = hasOwnPane(indicator) ? drawn.pane.getHTMLElement() : null;
      if (place) places.set(indicator, place);
    }
    return places;
  }

  #drop(line: IndicatorLine): void {
    this.#lines.get(line)?.remove();
    this.#lines.delete(line);
  }

  #add(line: IndicatorLine): ChartLine {
    const [pane, isNew] = this.#paneOf(line.indicator);
    const added = new ChartLine(this.#chart, line, pane, this.#colours);
    this.#lines.set(line, added);
    if (isNew) this.#arrange(added, line.indicator);
    return added;
  }

  /** The index of the indicator's pane, and whether it has yet to be made. */
  #paneOf(indicator: IndicatorId): [index: number, isNew: boolean] {
    if (!hasOwnPane(indicator)) return [0, false];
    const sibling = this.#ownPane(indicator);
    return sibling ? [sibling.paneIndex(), false] : [this.#chart.panes().length, true];
  }

  #ownPane(indicator: IndicatorId) {
    return [...this.#lines.values()].find(({ line }) => line.indicator === indicator)?.pane;
  }

  /** New panes come in the listed order, whatever the order of choosing. */
  #arrange(added: ChartLine, indicator: IndicatorId): void {
    added.pane.setStretchFactor(PANE_STRETCH);
    added.pane.priceScale("right").applyOptions({ scaleMargins: ROOM_FOR_LEGEND });
    const before = INDICATORS.slice(
      0,
      INDICATORS.findIndex(({ id }) => id === indicator),
    );
    const panesBefore = before.filter(({ id }) => hasOwnPane(id) && this.#ownPane(id)).length;
    added.pane.moveTo(1 + panesBefore);
  }
}
