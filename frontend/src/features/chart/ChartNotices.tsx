import { LinesError } from "./LinesError";
import { OlderBars } from "./OlderBars";
import type { ChartScene } from "./use-chart-scene";

interface ChartNoticesProps {
  readonly scene: ChartScene;
  /** The address names a stretch whose bars are not to be had. */
  readonly isUnreached: boolean;
  /** The first bar is in view. */
  readonly isFirstSeen: boolean;
}

/** What is to be said of a chart that is there, below the legend and one below the other. */
export function ChartNotices({ scene, ...reach }: ChartNoticesProps) {
  return (
    <div className="absolute top-12 left-3 z-10 flex flex-col items-start gap-1 text-axis">
      <OlderBars candles={scene.candles} {...reach} />
      <LinesError {...scene.read} />
    </div>
  );
}
