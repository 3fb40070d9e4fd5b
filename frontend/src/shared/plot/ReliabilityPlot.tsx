import { numbers } from "@/shared/format/numbers";
import { text } from "@/shared/text";
import { linearScale, type Scale } from "./scale";

export interface ReliabilityBin {
  /** What was said, on average. */
  readonly meanPercent: number;
  /** What came of it. */
  readonly hitRatePercent: number;
  /** The interval of the hit rate; null where nobody worked one out. */
  readonly lowPercent: number | null;
  readonly highPercent: number | null;
  readonly count: number;
}

interface ReliabilityPlotProps {
  readonly bins: readonly ReliabilityBin[];
  /** What a screen reader says of it; the figures belong in a table beside it. */
  readonly label: string;
  /** Pixels, all around. */
  readonly width: number;
  readonly height: number;
}

const MARGIN = { top: 6, right: 14, bottom: 36, left: 36 };
const COUNTS_HEIGHT = 22;
const TICKS = [0, 25, 50, 75, 100];
const DOT = 3.5;

/** Mean confidence against hit rate: on the dotted diagonal, what was said is what came. */
export function ReliabilityPlot({ bins, label, width, height }: ReliabilityPlotProps) {
  const bottom = height - MARGIN.bottom;
  const floor = bottom - COUNTS_HEIGHT;
  const x = linearScale([0, 100], [MARGIN.left, width - MARGIN.right]);
  const y = linearScale([0, 100], [floor, MARGIN.top]);
  return (
    <svg width={width} height={height} role="img" aria-label={label} className="block max-w-full">
      <Grid x={x} y={y} bottom={bottom} width={width} height={height} />
      <line
        x1={x(0)}
        y1={y(0)}
        x2={x(100)}
        y2={y(100)}
        strokeDasharray="2 3"
        className="stroke-muted"
      />
      <Counts bins={bins} x={x} bottom={bottom} />
      {bins.map((bin) => (
        <BinMark key={bin.meanPercent} bin={bin} x={x} y={y} />
      ))}
    </svg>
  );
}

interface GridProps {
  readonly x: Scale;
  readonly y: Scale;
  readonly bottom: number;
  readonly width: number;
  readonly height: number;
}

function Grid({ x, y, bottom, width, height }: GridProps) {
  const middle = (MARGIN.left + width - MARGIN.right) / 2;
  return (
    <g className="fill-muted stroke-line text-caps">
      {TICKS.map((tick) => (
        <g key={tick}>
          <line x1={x(0)} x2={x(100)} y1={y(tick)} y2={y(tick)} />
          <text x={x(0) - 6} y={y(tick)} textAnchor="end" dominantBaseline="central" stroke="none">
            {tick}
          </text>
          <text x={x(tick)} y={bottom + 14} textAnchor="middle" stroke="none">
            {tick}
          </text>
        </g>
      ))}
      <text x={middle} y={height - 4} textAnchor="middle" stroke="none">
        {text.plot.confidenceAxis}
      </text>
      <text
        transform={`translate(9 ${(y(0) + y(100)) / 2}) rotate(-90)`}
        textAnchor="middle"
        stroke="none"
      >
        {text.plot.hitRateAxis}
      </text>
    </g>
  );
}

interface CountsProps {
  readonly bins: readonly ReliabilityBin[];
  readonly x: Scale;
  readonly bottom: number;
}

/** How many outcomes each dot stands for, the most of them as high as the strip. */
function Counts({ bins, x, bottom }: CountsProps) {
  const most = Math.max(1, ...bins.map(({ count }) => count));
  const high = linearScale([0, most], [0, COUNTS_HEIGHT - 6]);
  return bins.map(({ meanPercent, count }) => (
    <rect
      key={meanPercent}
      x={x(meanPercent) - 3}
      y={bottom - high(count)}
      width={6}
      height={high(count)}
      className="fill-neutral/50"
    />
  ));
}

interface BinMarkProps {
  readonly bin: ReliabilityBin;
  readonly x: Scale;
  readonly y: Scale;
}

function BinMark({ bin, x, y }: BinMarkProps) {
  const { meanPercent, hitRatePercent, lowPercent, highPercent, count } = bin;
  const at = x(meanPercent);
  return (
    <g className="fill-accent stroke-accent">
      <title>
        {text.plot.bin(numbers.whole(meanPercent), numbers.whole(hitRatePercent), count)}
      </title>
      {lowPercent !== null && highPercent !== null && (
        <line x1={at} x2={at} y1={y(lowPercent)} y2={y(highPercent)} strokeWidth={1.5} />
      )}
      <circle cx={at} cy={y(hitRatePercent)} r={DOT} />
    </g>
  );
}
