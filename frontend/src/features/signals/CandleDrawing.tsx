import type { Timeframe } from "@/shared/market/timeframe";
import { text } from "@/shared/text";
import { PriceLabels, TimeLabels } from "./PictureLabels";
import type { DrawnBar, DrawnLevel, Picture, Stretch } from "./picture";

const words = text.signalPage.picture;

interface CandleDrawingProps {
  readonly picture: Picture;
  readonly stretch: Stretch;
  readonly timeframe: Timeframe;
}

/** Drawn in percent of its place, so it fits any width; lines and letters keep their size. */
export function CandleDrawing({ picture, stretch, timeframe }: CandleDrawingProps) {
  const { bars, levels, extremes, exit } = picture;
  return (
    <div>
      <div className="flex h-80">
        <div className="relative min-w-0 flex-1">
          <svg
            role="img"
            aria-label={words.label(bars.length, levels.length)}
            viewBox="0 0 100 100"
            preserveAspectRatio="none"
            className="absolute inset-0 size-full"
          >
            <Decided picture={picture} />
            {bars.map((bar) => (
              <Candle key={bar.openMs} bar={bar} />
            ))}
            <Life picture={picture} />
          </svg>
          {exit && (
            <span
              style={{ left: `${exit.x}%`, top: `${exit.y}%` }}
              className="absolute size-2.5 -translate-1/2 rounded-full border-2 border-text"
            />
          )}
        </div>
        <PriceLabels marks={[...levels, ...extremes]} />
      </div>
      <TimeLabels stretch={stretch} timeframe={timeframe} />
    </div>
  );
}

function Candle({ bar }: { readonly bar: DrawnBar }) {
  const { middle, left, width, high, low, bodyTop, bodyBottom, isUp } = bar;
  return (
    <g className={isUp ? "fill-surface stroke-up" : "fill-down stroke-down"}>
      <line x1={middle} x2={middle} y1={high} y2={low} vectorEffect="non-scaling-stroke" />
      <rect
        x={left}
        y={bodyTop}
        width={width}
        height={bodyBottom - bodyTop}
        vectorEffect="non-scaling-stroke"
      />
    </g>
  );
}

/** The column of the bar that was decided on. */
function Decided({ picture: { decided } }: { readonly picture: Picture }) {
  const { left, right } = decided;
  return <rect x={left} y={0} width={right - left} height={100} className="fill-accent/25" />;
}

const LEVEL_STROKES = {
  entry: "stroke-text",
  stop: "stroke-down",
  target: "stroke-up",
} as const satisfies Record<DrawnLevel["kind"], string>;

/** Zone and levels, from the entry until the signal was left. */
function Life({ picture: { life, levels, zone } }: { readonly picture: Picture }) {
  const { left, right } = life;
  return (
    <>
      {zone && (
        <rect
          x={left}
          y={zone.top}
          width={Math.max(0, right - left)}
          height={zone.bottom - zone.top}
          className="fill-accent/15"
        />
      )}
      {levels.map(({ kind, number, y }) => (
        <line
          key={`${kind} ${number}`}
          x1={left}
          x2={right}
          y1={y}
          y2={y}
          strokeDasharray={kind === "entry" ? undefined : "5 3"}
          strokeWidth={1.5}
          vectorEffect="non-scaling-stroke"
          className={LEVEL_STROKES[kind]}
        />
      ))}
    </>
  );
}
