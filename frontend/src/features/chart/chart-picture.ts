import type { IChartApi } from "lightweight-charts";
import type { ChartColours } from "./chart-colours";

const MARGIN_PX = 12;
const CAPTION_PX = 14;

/** The chart with all its panes and a caption, at the screen's resolution. */
export function pictureOf(
  chart: IChartApi,
  caption: string,
  colours: ChartColours,
): HTMLCanvasElement {
  const picture = chart.takeScreenshot(true);
  const context = picture.getContext("2d");
  if (!context) return picture;
  const { fontFamily } = chart.options().layout;
  context.scale(devicePixelRatio, devicePixelRatio);
  context.font = `600 ${CAPTION_PX}px ${fontFamily}`;
  context.textBaseline = "top";
  context.fillStyle = colours.text;
  context.fillText(caption, MARGIN_PX, MARGIN_PX);
  return picture;
}
