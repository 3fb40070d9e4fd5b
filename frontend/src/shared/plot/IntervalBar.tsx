interface IntervalBarProps {
  readonly low: number;
  readonly high: number;
  /** The figure itself; null where there is only an interval. */
  readonly at: number | null;
  /** The values at both ends of the bar. */
  readonly span: readonly [number, number];
  /** What to compare with; drawn as a line through the bar. */
  readonly reference?: number;
  /** Of the interval and its dot. */
  readonly tone?: "accent" | "neutral";
}

const TONES = {
  accent: { interval: "bg-accent/40", dot: "bg-accent" },
  neutral: { interval: "bg-neutral/40", dot: "bg-neutral" },
} as const;

/** An interval on a line. The figures stand beside it in words: this is only how they look. */
export function IntervalBar(props: IntervalBarProps) {
  const { low, high, at, span, reference, tone = "accent" } = props;
  const [from, until] = span;
  const place = (value: number) =>
    100 * Math.min(1, Math.max(0, until > from ? (value - from) / (until - from) : 0.5));
  const { interval, dot } = TONES[tone];
  return (
    <div aria-hidden="true" className="relative h-4 w-full">
      <div className="absolute inset-x-0 top-1/2 h-px bg-line" />
      {reference !== undefined && (
        <div
          className="absolute inset-y-0 w-px bg-control"
          style={{ left: `${place(reference)}%` }}
        />
      )}
      <div
        className={`absolute top-1 h-2 min-w-px rounded-full ${interval}`}
        style={{ left: `${place(low)}%`, width: `${place(high) - place(low)}%` }}
      />
      {at !== null && (
        <div
          className={`absolute top-1 -ml-1 size-2 rounded-full ${dot}`}
          style={{ left: `${place(at)}%` }}
        />
      )}
    </div>
  );
}
