import { numbers } from "@/shared/format/numbers";
import { linearScale } from "@/shared/plot/scale";

/** What all the bars of one waterfall share. */
export interface BarScale {
  readonly span: readonly [low: number, high: number];
  readonly threshold: number;
}

interface WaterfallBarProps {
  readonly from: number;
  readonly until: number;
  readonly scale: BarScale;
}

/** Thinner than this, a bar would not be seen; in percent of the width. */
const LEAST_WIDTH = 0.8;

/** Points from one sum to the next, beside zero and both thresholds. The figures stand in text. */
export function WaterfallBar({ from, until, scale }: WaterfallBarProps) {
  const x = linearScale(scale.span, [0, 100]);
  const [left, right] = [x(Math.min(from, until)), x(Math.max(from, until))];
  const colour = until > from ? "fill-up" : until < from ? "fill-down" : "fill-control";
  return (
    <svg width="100%" height={20} aria-hidden="true" className="block">
      <Mark at={x(0)} className="stroke-control" />
      {[-scale.threshold, scale.threshold].map((theta) => (
        <Mark key={theta} at={x(theta)} className="stroke-muted" dashes="2 2" />
      ))}
      <rect
        x={`${left}%`}
        y={5}
        width={`${Math.max(LEAST_WIDTH, right - left)}%`}
        height={10}
        rx={1}
        className={colour}
      />
    </svg>
  );
}

interface MarkProps {
  readonly at: number;
  readonly className: string;
  readonly dashes?: string;
}

function Mark({ at, className, dashes }: MarkProps) {
  const x = `${at}%`;
  return <line x1={x} x2={x} y1={0} y2={20} strokeDasharray={dashes} className={className} />;
}

/** The sums at which the marks stand. */
export function AxisLabels({ scale }: { readonly scale: BarScale }) {
  const x = linearScale(scale.span, [0, 100]);
  return (
    <svg width="100%" height={16} aria-hidden="true" className="block overflow-visible">
      {[-scale.threshold, 0, scale.threshold].map((value) => (
        <text
          key={value}
          x={`${x(value)}%`}
          y={12}
          textAnchor="middle"
          className="fill-muted text-caps font-normal"
        >
          {value === 0 ? "0" : numbers.signed(value)}
        </text>
      ))}
    </svg>
  );
}
