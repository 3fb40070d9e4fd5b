import type { EquityFrame } from "./equity-frame";
import type { EquityPoint } from "./equity-walk";

/** The line through the outcome that is read, and a dot on each curve. */
export function EquityCursor({
  point,
  frame,
}: {
  readonly point: EquityPoint;
  readonly frame: EquityFrame;
}) {
  const { x, netR, held, bottom } = frame;
  const at = x(point.exitMs);
  return (
    <g>
      <line x1={at} x2={at} y1={0} y2={bottom} strokeDasharray="2 3" className="stroke-muted" />
      {point.random && (
        <circle cx={at} cy={netR.y(point.random.mean)} r={3} className="fill-neutral" />
      )}
      <circle cx={at} cy={netR.y(point.sum)} r={3.5} className="fill-accent" />
      {held && point.heldPercent !== null && (
        <circle cx={at} cy={held.y(point.heldPercent)} r={3} className="fill-ema50" />
      )}
    </g>
  );
}
