import { usePaced } from "@/shared/live/use-paced";
import { text } from "@/shared/text";
import { barInWords, changePercent } from "./bar-in-words";
import { indexAt } from "./bar-series";
import type { Bar } from "@/shared/market/bar";

interface ChartLegendProps {
  readonly bars: readonly Bar[];
  /** The open time of the bar under the crosshair; null for the newest. */
  readonly pointedMs: number | null;
}

const NAMES = text.chart.legend;

/** The figures of the bar under the crosshair, or of the newest. */
export function ChartLegend({ bars, pointedMs }: ChartLegendProps) {
  const calm = usePaced(bars);
  const shown = pointedMs === null ? calm : bars;
  const index = pointedMs === null ? shown.length - 1 : indexAt(shown, pointedMs);
  const bar = shown[index];
  if (!bar) return null;
  const before = shown[index - 1];
  const words = barInWords(bar, before);
  const colour = (changePercent(bar, before) ?? 0) < 0 ? "text-down" : "text-up";
  return (
    <dl
      data-testid="legend"
      className="flex gap-x-1 overflow-hidden text-caps whitespace-nowrap md:gap-x-3 md:text-axis"
    >
      <Figure name={NAMES.open} value={words.open} yields />
      <Figure name={NAMES.high} value={words.high} yields />
      <Figure name={NAMES.low} value={words.low} yields />
      <Figure name={NAMES.close} value={words.close} />
      <div className={colour}>
        <dt className="sr-only">{text.table.columns.change}</dt>
        <dd>{words.change}</dd>
      </div>
    </dl>
  );
}

interface FigureProps {
  readonly name: string;
  readonly value: string;
  /** Makes room where all of them would be clipped. */
  readonly yields?: boolean;
}

function Figure({ name, value, yields = false }: FigureProps) {
  return (
    <div className={`flex gap-0.5 md:gap-1 ${yields ? "md:@max-[23rem]:hidden" : ""}`}>
      <dt className="text-muted">{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
