import { text } from "@/shared/text";

/** Body from top to bottom, wick from top to bottom, in a box 40 high. */
const CANDLES = [
  { isUp: true, top: 18, bottom: 30, high: 12, low: 34 },
  { isUp: false, top: 15, bottom: 26, high: 10, low: 31 },
  { isUp: true, top: 8, bottom: 24, high: 4, low: 28 },
  { isUp: false, top: 12, bottom: 20, high: 7, low: 33 },
  { isUp: true, top: 6, bottom: 17, high: 3, low: 22 },
] as const;

const STEP = 16;

/** A few candles as the chart would draw them. */
export function CandlePreview() {
  return (
    <svg
      role="img"
      aria-label={text.settings.appearance.preview}
      viewBox={`0 0 ${CANDLES.length * STEP} 40`}
      className="h-10"
    >
      {CANDLES.map(({ isUp, top, bottom, high, low }, index) => (
        <g
          key={index}
          transform={`translate(${index * STEP + STEP / 2} 0)`}
          stroke="currentColor"
          strokeWidth={1.5}
          fill={isUp ? "none" : "currentColor"}
          className={isUp ? "text-up" : "text-down"}
        >
          <path d={`M0 ${high}V${top}M0 ${bottom}V${low}`} />
          <rect x={-4} y={top} width={8} height={bottom - top} />
        </g>
      ))}
    </svg>
  );
}
