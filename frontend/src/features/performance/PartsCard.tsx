import type { Breakdown } from "@/shared/api/performance-api";
import { text } from "@/shared/text";
import { Card } from "@/shared/ui/Card";
import { PartsTable } from "./PartsTable";

const words = text.performance.parts;

/** By timeframe, side and engine, one below the other. */
export function PartsCard({ breakdown }: { readonly breakdown: Breakdown }) {
  const { byTimeframe, bySide, byEngine, timeframe, engineVersion } = breakdown;
  const groups = [
    {
      name: words.timeframes,
      rows: byTimeframe.map((part) => ({
        key: part.timeframe,
        name: part.timeframe,
        part,
        isShown: part.timeframe === timeframe,
      })),
    },
    {
      name: words.sides,
      rows: bySide.map((part) => ({
        key: part.side,
        name: `${text.signal.glyph(part.side)} ${text.signal.side(part.side)}`,
        part,
      })),
    },
    {
      name: words.engines,
      rows: byEngine.map((part) => ({
        key: part.engineVersion,
        name: part.engineVersion,
        part,
        isShown: part.engineVersion === engineVersion,
      })),
    },
  ];
  return (
    <Card title={words.title}>
      <PartsTable caption={words.caption} groups={groups} />
    </Card>
  );
}
