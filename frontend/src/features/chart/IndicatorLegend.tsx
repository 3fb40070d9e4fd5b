import type { ReactNode } from "react";
import { INDICATORS, type IndicatorId } from "@/shared/market/indicators";
import type { Bar } from "@/shared/market/bar";
import { text } from "@/shared/text";
import { useIsNarrow } from "@/shared/view/use-narrow";
import { indexAt } from "./bar-series";
import { readoutOf } from "./indicator-readout";
import type { IndicatorValues } from "./indicator-values";
import { IndicatorRow } from "./IndicatorRow";
import { MarkLine } from "./MarkLine";
import type { ChartScene } from "./use-chart-scene";
import type { PaneTops } from "./use-pane-tops";

interface IndicatorLegendProps {
  readonly scene: ChartScene;
  /** The open time of the bar under the crosshair; null for the newest closed one. */
  readonly pointedMs: number | null;
  readonly tops: PaneTops;
}

/** What the shown indicators read at the bar under the crosshair, each in its pane's corner. */
export function IndicatorLegend({ scene, pointedMs, tops }: IndicatorLegendProps) {
  const { candles, indicators, read, marks, toggle } = scene;
  const { closed } = candles;
  const pointed = pointedMs === null ? undefined : closed[indexAt(closed, pointedMs)];
  const bar = pointed ?? newestRead(closed, read.values);
  if (!bar) return null;
  const rows = (place: "price" | "pane") =>
    INDICATORS.filter((one) => one.place === place && indicators.shown.includes(one.id))
      .map(({ id }) => ({ id, readings: readoutOf(id, bar, read.values) }))
      .filter(({ readings }) => readings.length > 0);
  const row = ({ id, readings }: ReturnType<typeof rows>[number]) => {
    const isHidden = indicators.hidden.includes(id);
    return (
      <IndicatorRow key={id} id={id} readings={readings} isHidden={isHidden} onToggle={toggle} />
    );
  };
  return (
    <>
      <Corner top={0}>
        <PriceRows>{rows("price").map(row)}</PriceRows>
        {pointedMs !== null && (
          <MarkLine marks={marks.filter(({ openMs }) => openMs === pointedMs)} />
        )}
      </Corner>
      {rows("pane").map((shown) => (
        <PaneCorner key={shown.id} id={shown.id} tops={tops}>
          {row(shown)}
        </PaneCorner>
      ))}
    </>
  );
}

/** A bar's figures come a moment after it: until then those of the bar before stay where they are. */
function newestRead(closed: readonly Bar[], values: IndicatorValues): Bar | undefined {
  return closed.slice(-2).findLast(({ openMs }) => values.has(openMs)) ?? closed.at(-1);
}

/** On a phone one row that scrolls: more of them would hide the candles. */
function PriceRows({ children }: { readonly children: ReactNode }) {
  const isNarrow = useIsNarrow();
  return (
    <ul
      aria-label={text.indicators.title}
      {...(isNarrow && { tabIndex: 0 })}
      className="flex gap-x-2 md:flex-wrap max-md:pointer-events-auto max-md:[scrollbar-width:none] max-md:overflow-x-auto max-md:pr-8 max-md:[mask-image:linear-gradient(to_right,black_calc(100%-2rem),transparent)]"
    >
      {children}
    </ul>
  );
}

interface PaneCornerProps {
  readonly id: IndicatorId;
  readonly tops: PaneTops;
  readonly children: ReactNode;
}

function PaneCorner({ id, tops, children }: PaneCornerProps) {
  const top = tops.get(id);
  if (top === undefined) return null;
  return (
    <Corner top={top}>
      <ul aria-label={text.indicators.name(id)}>{children}</ul>
    </Corner>
  );
}

/** The upper left of a pane; the pointer reaches the chart through it. */
function Corner({ top, children }: { readonly top: number; readonly children: ReactNode }) {
  return (
    <div
      style={{ top: top + 4 }}
      className="pointer-events-none absolute left-1 z-10 max-w-[calc(100%-80px)] text-caps md:left-2 md:text-axis"
    >
      {children}
    </div>
  );
}
