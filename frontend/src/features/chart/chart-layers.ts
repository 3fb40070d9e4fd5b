import type { IChartApi } from "lightweight-charts";
import type { Bar } from "@/shared/market/bar";
import type { IndicatorId } from "@/shared/market/indicators";
import type { Timeframe } from "@/shared/market/timeframe";
import type { ChartBars } from "./chart-bars";
import type { ChartColours } from "./chart-colours";
import { ChartLines } from "./chart-lines";
import { ChartMarkers } from "./chart-markers";
import { RiskLines } from "./chart-risk";
import { emphasisOf } from "./evidence-parts";
import type { IndicatorValues } from "./indicator-values";
import type { Mark } from "./marks";
import type { RiskPlan } from "./signal-life";

export interface ShownIndicators {
  readonly shown: readonly IndicatorId[];
  /** Those of them whose eye is closed: they keep their place. */
  readonly hidden: readonly IndicatorId[];
  /** The family of evidence that is pointed at. */
  readonly family: string | null;
}

/** What lies over the candles: indicators, marks and a signal's prices. */
export class ChartLayers {
  readonly #place: HTMLElement;
  readonly #candles: ChartBars;
  readonly #lines: ChartLines;
  readonly #markers: ChartMarkers;
  readonly #risk: RiskLines;
  #colours: ChartColours;
  #indicators: ShownIndicators = { shown: [], hidden: [], family: null };

  constructor(place: HTMLElement, chart: IChartApi, candles: ChartBars, colours: ChartColours) {
    this.#place = place;
    this.#candles = candles;
    this.#colours = colours;
    this.#lines = new ChartLines(chart, colours);
    this.#markers = new ChartMarkers(candles.series);
    this.#risk = new RiskLines(colours);
    candles.series.attachPrimitive(this.#risk);
  }

  chooseIndicators(indicators: ShownIndicators): void {
    this.#indicators = indicators;
    this.#lines.choose(indicators.shown, indicators.hidden);
    this.#candles.showVolume(this.#visible.includes("volume"));
    this.paint(this.#colours);
    this.#place.dataset["indicators"] = this.#visible.join(",");
  }

  /** Draws the chosen indicators over the closed bars: the open one has none yet. */
  drawValues(closed: readonly Bar[], values: IndicatorValues, timeframe: Timeframe): void {
    this.#lines.draw(closed, values, timeframe);
  }

  drawMarks(marks: readonly Mark[]): void {
    this.#markers.draw(marks, this.#colours, this.#indicators.family);
    const signals = marks.filter(({ kind }) => kind === "signal");
    this.#place.dataset["signals"] = String(signals.length);
  }

  /** The bars stand so many pixels apart now. */
  spread(barSpacingPx: number): void {
    if (!this.#markers.spread(barSpacingPx)) return;
    this.#markers.paint(this.#colours, this.#indicators.family);
  }

  /** The prices of a signal over its life; null takes them away. */
  drawRisk(plan: RiskPlan | null): void {
    this.#risk.draw(plan);
    this.#place.dataset["risk"] = plan?.id ?? "";
  }

  /** Other bars have other places for a signal's life. */
  moveRisk(bars: readonly Bar[], timeframe: Timeframe): void {
    this.#risk.move(bars, timeframe);
  }

  paint(colours: ChartColours): void {
    this.#colours = colours;
    const { family } = this.#indicators;
    this.#candles.paint(colours, emphasisOf("volume", family, this.#visible));
    this.#lines.paint(colours, family, this.#visible);
    this.#markers.paint(colours, family);
    this.#risk.paint(colours);
  }

  /** The panes below the price's; known only a frame after they were chosen. */
  panes(): ReadonlyMap<IndicatorId, HTMLElement> {
    return this.#lines.panes();
  }

  /** Another market's figures would add their times to the chart. */
  clear(): void {
    this.#lines.clear();
    this.drawMarks([]);
  }

  get #visible(): readonly IndicatorId[] {
    const { shown, hidden } = this.#indicators;
    return shown.filter((id) => !hidden.includes(id));
  }
}
