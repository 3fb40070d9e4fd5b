import { text } from "@/shared/text";

/** Heights of the bars of a chart that could be anyone's, in percent. */
const HEIGHTS = [34, 42, 38, 51, 47, 58, 55, 49, 61, 68, 63, 72, 66, 59, 64, 57, 70, 76, 71, 80];

/** Where candles will be, once they are late enough to be waited for. */
export function ChartSkeleton() {
  return (
    <div className="appear-late absolute inset-0 z-10 bg-surface">
      <p className="sr-only">{text.chart.loading}</p>
      <div
        aria-hidden="true"
        className="pulse flex h-full items-end justify-around pr-16 pb-8 pl-4"
      >
        {HEIGHTS.map((height, index) => (
          <div key={index} className="w-2 rounded-sm bg-raised" style={{ height: `${height}%` }} />
        ))}
      </div>
    </div>
  );
}
