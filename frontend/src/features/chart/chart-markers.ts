import {
  createSeriesMarkers,
  type ISeriesApi,
  type ISeriesMarkersPluginApi,
  type SeriesMarker,
  type SeriesMarkerBarPosition,
  type SeriesMarkerShape,
  type Time,
} from "lightweight-charts";
import { translucent, type ChartColours } from "./chart-colours";
import { seconds } from "./chart-style";
import { emphasisOf } from "./evidence-parts";
import { sparse, type Mark } from "./marks";

const POSITIONS: Readonly<Record<Mark["direction"], SeriesMarkerBarPosition>> = {
  1: "belowBar",
  0: "aboveBar",
  [-1]: "aboveBar",
};

/** A shown signal, one that began something, one that continued it, and a pattern. */
const SIZES = { shown: 1.8, first: 1, minor: 0.6, pattern: 0.35 } as const;
const DIM_OPACITY = 0.25;

function shapeOf({ kind, direction }: Mark): SeriesMarkerShape {
  if (kind === "pattern" || direction === 0) return "circle";
  return direction > 0 ? "arrowUp" : "arrowDown";
}

function sizeOf({ kind, isShown, isMinor }: Mark): number {
  if (kind === "pattern") return SIZES.pattern;
  if (isShown) return SIZES.shown;
  return isMinor ? SIZES.minor : SIZES.first;
}

/** Where bars are narrower, patterns and labels would cover the candles. */
const CROWDED_PX = 4;

/** Signals and patterns at their bars. */
export class ChartMarkers {
  readonly #markers: ISeriesMarkersPluginApi<Time>;
  #marks: readonly Mark[] = [];
  #isCrowded = false;

  constructor(candles: ISeriesApi<"Candlestick">) {
    this.#markers = createSeriesMarkers(candles);
  }

  draw(marks: readonly Mark[], colours: ChartColours, family: string | null): void {
    this.#marks = marks;
    this.paint(colours, family);
  }

  paint(colours: ChartColours, family: string | null): void {
    const drawn = this.#isCrowded ? sparse(this.#marks) : this.#marks;
    this.#markers.setMarkers(drawn.map((mark) => markerOf(mark, colours, family)));
  }

  /** Whether bars so far apart need another drawing. */
  spread(barSpacingPx: number): boolean {
    const wasCrowded = this.#isCrowded;
    this.#isCrowded = barSpacingPx < CROWDED_PX;
    return this.#isCrowded !== wasCrowded;
  }
}

function markerOf(mark: Mark, colours: ChartColours, family: string | null): SeriesMarker<Time> {
  return {
    position: POSITIONS[mark.direction],
    shape: shapeOf(mark),
    id: mark.id,
    time: seconds(mark.openMs),
    color: colourOf(mark, colours, family),
    size: sizeOf(mark),
    text: mark.label,
  };
}

function colourOf(mark: Mark, colours: ChartColours, family: string | null): string {
  const emphasis = mark.kind === "pattern" ? emphasisOf("patterns", family, ["patterns"]) : "plain";
  const plain = mark.kind === "pattern" ? colours.neutral : sideColour(mark, colours);
  if (emphasis === "lit") return colours.accent;
  return emphasis === "dim" ? translucent(plain, DIM_OPACITY) : plain;
}

function sideColour({ direction }: Mark, colours: ChartColours): string {
  return direction < 0 ? colours.down : direction > 0 ? colours.up : colours.neutral;
}
