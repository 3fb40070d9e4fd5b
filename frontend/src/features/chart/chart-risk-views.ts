import type { IPrimitivePaneView, PrimitivePaneViewZOrder } from "lightweight-charts";
import { translucent, type ChartColours } from "./chart-colours";
import { spreadHeights, type RiskLevel } from "./risk-levels";

/** A plan in pixels of the pane. */
export interface RiskShape {
  readonly left: number;
  /** Null: to the pane's edge, for the signal still runs. */
  readonly right: number | null;
  readonly zoneTop: number;
  readonly zoneBottom: number;
  readonly levels: readonly (RiskLevel & { readonly y: number })[];
  readonly colours: ChartColours;
  readonly font: string;
}

type Draw = (context: CanvasRenderingContext2D, shape: RiskShape, paneWidth: number) => void;

const ZONE_OPACITY = 0.16;
const LABEL_PX = 11;
const LABEL_HEIGHT_PX = 13;
const LABEL_GAP_PX = 4;
const HALO_PX = 4;

function view(shapeNow: () => RiskShape | null, zOrder: PrimitivePaneViewZOrder, draw: Draw) {
  const renderer: ReturnType<IPrimitivePaneView["renderer"]> = {
    draw: (target) => {
      target.useMediaCoordinateSpace(({ context, mediaSize }) => {
        const shape = shapeNow();
        if (!shape) return;
        context.save();
        draw(context, shape, mediaSize.width);
        context.restore();
      });
    },
  };
  return { zOrder: () => zOrder, renderer: () => renderer };
}

/** The entry zone, behind the candles. */
export function bandView(shapeNow: () => RiskShape | null): IPrimitivePaneView {
  return view(shapeNow, "bottom", (context, shape, paneWidth) => {
    const { left, right, zoneTop, zoneBottom, colours } = shape;
    context.fillStyle = translucent(colours.accent, ZONE_OPACITY);
    context.fillRect(left, zoneTop, (right ?? paneWidth) - left, zoneBottom - zoneTop);
  });
}

/** Entry, stop and targets, each with its name. */
export function linesView(shapeNow: () => RiskShape | null): IPrimitivePaneView {
  return view(shapeNow, "normal", (context, shape, paneWidth) => {
    const right = shape.right ?? paneWidth;
    const heights = spreadHeights(
      shape.levels.map(({ y }) => y),
      LABEL_HEIGHT_PX,
    );
    for (const [index, level] of shape.levels.entries()) {
      context.strokeStyle = colourOf(level, shape.colours);
      strokeLevel(context, level, shape.left, right);
      writeLabel(context, shape, level, heights[index] ?? level.y, paneWidth);
    }
  });
}

function colourOf({ kind }: RiskLevel, colours: ChartColours): string {
  if (kind === "entry") return colours.accent;
  return kind === "stop" ? colours.down : colours.up;
}

const DASHES: Readonly<Record<RiskLevel["kind"], number[]>> = {
  entry: [],
  stop: [6, 4],
  target: [2, 3],
};

function strokeLevel(
  context: CanvasRenderingContext2D,
  { kind, y }: RiskShape["levels"][number],
  left: number,
  right: number,
): void {
  context.lineWidth = kind === "entry" ? 1 : 1.5;
  context.setLineDash(DASHES[kind]);
  context.beginPath();
  context.moveTo(left, y);
  context.lineTo(right, y);
  context.stroke();
}

/**
 * Where a level's label begins: at the pane's right edge while the signal runs, away from its mark;
 * else before the line, where no candle of its life stands, or at the pane's left edge.
 */
export function labelStart(
  { left, right }: Pick<RiskShape, "left" | "right">,
  labelWidth: number,
  paneWidth: number,
): number {
  if (right === null) return paneWidth - labelWidth - LABEL_GAP_PX;
  return Math.max(LABEL_GAP_PX, left - labelWidth - LABEL_GAP_PX);
}

function writeLabel(
  context: CanvasRenderingContext2D,
  shape: RiskShape,
  level: RiskLevel,
  y: number,
  paneWidth: number,
): void {
  const { colours, font } = shape;
  context.font = `${LABEL_PX}px ${font}`;
  context.textBaseline = "middle";
  const { label } = level;
  const x = labelStart(shape, context.measureText(label).width, paneWidth);
  // A halo keeps it readable and hides less than a box would.
  context.setLineDash([]);
  context.lineJoin = "round";
  context.lineWidth = HALO_PX;
  context.strokeStyle = colours.surface;
  context.strokeText(label, x, y);
  context.fillStyle = colourOf(level, colours);
  context.fillText(label, x, y);
}
