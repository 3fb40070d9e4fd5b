import type {
  AutoscaleInfo,
  IPrimitivePaneView,
  ISeriesPrimitive,
  SeriesAttachedParameter,
} from "lightweight-charts";
import type { Bar } from "@/shared/market/bar";
import type { Timeframe } from "@/shared/market/timeframe";
import { placeOf } from "./bar-times";
import type { ChartColours } from "./chart-colours";
import { bandView, linesView, type RiskShape } from "./chart-risk-views";
import { riskLevelsOf, riskSpan } from "./risk-levels";
import type { RiskPlan } from "./signal-life";

/** A signal's entry zone, stop and targets, over its life and nowhere else. */
export class RiskLines implements ISeriesPrimitive {
  #attached: SeriesAttachedParameter | null = null;
  #plan: RiskPlan | null = null;
  #bars: readonly Bar[] = [];
  #timeframe: Timeframe = "1m";
  #colours: ChartColours;
  #shape: RiskShape | null = null;
  readonly #views: readonly IPrimitivePaneView[];

  constructor(colours: ChartColours) {
    this.#colours = colours;
    const shape = () => this.#shape;
    this.#views = [bandView(shape), linesView(shape)];
  }

  draw(plan: RiskPlan | null): void {
    this.#plan = plan;
    this.#attached?.requestUpdate();
  }

  /** The bars that its places are counted in. */
  move(bars: readonly Bar[], timeframe: Timeframe): void {
    this.#bars = bars;
    this.#timeframe = timeframe;
  }

  paint(colours: ChartColours): void {
    this.#colours = colours;
    this.#attached?.requestUpdate();
  }

  attached(attached: SeriesAttachedParameter): void {
    this.#attached = attached;
  }

  detached(): void {
    this.#attached = null;
  }

  updateAllViews(): void {
    this.#shape = this.#plan && this.#shapeOf(this.#plan);
  }

  paneViews(): readonly IPrimitivePaneView[] {
    return this.#views;
  }

  /** While any of its life is in view, the scale shows all of its prices. */
  autoscaleInfo(firstPlace: number, lastPlace: number): AutoscaleInfo | null {
    if (!this.#plan) return null;
    const [from, until] = this.#life(this.#plan);
    if (from === null || from > lastPlace || (until ?? Infinity) < firstPlace) return null;
    const { low, high } = riskSpan(this.#plan);
    return { priceRange: { minValue: low, maxValue: high } };
  }

  /** Its first place and its last; null where it still runs. */
  #life({ fromMs, untilMs }: RiskPlan): [from: number | null, until: number | null] {
    const until = untilMs === null ? null : placeOf(this.#bars, this.#timeframe, untilMs);
    return [placeOf(this.#bars, this.#timeframe, fromMs), until];
  }

  #shapeOf(plan: RiskPlan): RiskShape | null {
    const [from, until] = this.#life(plan);
    if (!this.#attached || from === null) return null;
    const { levels } = plan;
    return {
      left: this.#x(from),
      right: until === null ? null : this.#x(until),
      zoneTop: this.#y(levels.zoneMax),
      zoneBottom: this.#y(levels.zoneMin),
      levels: riskLevelsOf(plan).map((level) => ({ ...level, y: this.#y(level.price) })),
      colours: this.#colours,
      font: this.#attached.chart.options().layout.fontFamily,
    };
  }

  /** The library tells the coordinates of whole places only. */
  #x(place: number): number {
    const scale = this.#attached?.chart.timeScale();
    const whole = Math.floor(place);
    const at = scale?.logicalToCoordinate(whole as never) ?? 0;
    return at + (place - whole) * (scale?.options().barSpacing ?? 0);
  }

  #y(price: number): number {
    return this.#attached?.series.priceToCoordinate(price) ?? 0;
  }
}
