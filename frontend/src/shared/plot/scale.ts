/** From a value to a place in pixels. */
export type Scale = (value: number) => number;

type Span = readonly [number, number];

/** `until` may be the smaller one, as pixels grow downwards; a span of nothing is its middle. */
export function linearScale([low, high]: Span, [from, until]: Span): Scale {
  if (high === low) return () => (from + until) / 2;
  return (value) => from + ((value - low) / (high - low)) * (until - from);
}

const STEPS = [1, 2, 5, 10];

function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return power * (STEPS.find((step) => step * power >= least * (1 - 1e-9)) ?? 10);
}

/** Round values from `low` to `high`, at most `count` + 1 of them; zero is one where it is inside. */
export function roundTicks(low: number, high: number, count: number): readonly number[] {
  if (!(high > low)) return [low];
  const step = roundStep((high - low) / count);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  // Dividing by the inverse keeps 0.3 from becoming 0.30000000000000004.
  const inverse = step < 1 ? Math.round(1 / step) : null;
  return Array.from({ length: last - first + 1 }, (_, index) =>
    inverse === null ? (first + index) * step : (first + index) / inverse,
  );
}

/** The span of the values and of zero, a little wider so that nothing touches the edge. */
export function spanAround(values: readonly number[], slack = 0.06): Span {
  let [low, high] = [0, 0];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low === high) return [-1, 1];
  const extra = (high - low) * slack;
  return [low < 0 ? low - extra : 0, high > 0 ? high + extra : 0];
}
