import { useState, type RefObject } from "react";
import { barTime, barZone } from "@/shared/market/bar-time";
import { text } from "@/shared/text";
import { useView } from "@/shared/view/use-view";
import type { ChartCanvas } from "./chart-canvas";
import { ChartTool, type Tool } from "./ChartTool";
import { pictureName } from "./picture-name";
import { savePicture } from "./save-picture";
import { useFullscreen } from "./use-fullscreen";
import { useShare } from "./use-share";

interface ChartToolsProps {
  readonly canvas: RefObject<ChartCanvas | null>;
  /** What fills the screen. */
  readonly region: RefObject<HTMLElement | null>;
}

const NAMES = text.chart.tools;

/** What can be done with the chart beside looking at it. */
export function ChartTools({ canvas, region }: ChartToolsProps) {
  const [{ symbol, timeframe }, changeView] = useView();
  const [isLog, setLog] = useState(false);
  const fullscreen = useFullscreen(region);
  const [share, note] = useShare(canvas);

  const showNewest = () => {
    canvas.current?.showNewest();
    changeView({ range: null }, { replace: true });
  };
  const scale = () => {
    canvas.current?.scaleByLog(!isLog);
    setLog(!isLog);
  };
  const takePicture = () => {
    const newest = canvas.current?.newestInView();
    if (!canvas.current || !newest) return;
    const [at, zone] = [barTime(newest.openMs, timeframe), barZone(newest.openMs, timeframe)];
    const picture = canvas.current.picture(text.chart.caption(symbol, timeframe, at, zone));
    void savePicture(picture, pictureName(symbol, timeframe, newest.openMs));
  };
  const tools: readonly Tool[] = [
    { id: "newest", name: NAMES.newest, run: showNewest, drawing: "M3 3l5 5-5 5M8 3l5 5-5 5" },
    {
      id: "log",
      name: NAMES.log,
      run: scale,
      isOn: isLog,
      drawing: "M2 2v12h12M4 12C5 6 8 4 14 3.5",
    },
    {
      id: "picture",
      name: NAMES.picture,
      run: takePicture,
      drawing: "M2 5h3l1-2h4l1 2h3v8H2zM8 6.5a2.3 2.3 0 100 4.6 2.3 2.3 0 000-4.6",
    },
    ...(fullscreen.isPossible ? [fullscreenTool(fullscreen.isOn, fullscreen.toggle)] : []),
    {
      id: "share",
      name: NAMES.share,
      run: share,
      drawing: "M6.5 9.5l3-3M7 4.5l1-1a3.2 3.2 0 014.5 4.5l-1 1M9 11.5l-1 1A3.2 3.2 0 013.5 8l1-1",
    },
  ];
  return (
    <div
      role="group"
      aria-label={NAMES.region}
      className="relative flex items-center border-line [grid-area:tools] max-md:justify-around max-md:border-t md:border-b md:px-1"
    >
      {tools.map((tool) => (
        <ChartTool key={tool.id} {...tool} />
      ))}
      {note && (
        <p className="absolute right-1 z-20 w-max max-w-64 rounded-card border border-control bg-raised px-3 py-1 max-md:bottom-full md:top-full">
          {note}
        </p>
      )}
    </div>
  );
}

function fullscreenTool(isOn: boolean, toggle: () => void): Tool {
  return {
    id: "fullscreen",
    name: isOn ? NAMES.leaveFullscreen : NAMES.fullscreen,
    run: toggle,
    drawing: "M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4",
  };
}
