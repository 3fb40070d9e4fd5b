import type { Schema } from "@/shared/api/contract";
import { numbers } from "@/shared/format/numbers";
import { AsTable } from "@/shared/plot/AsTable";
import { ValueAxis } from "@/shared/plot/Axes";
import { FigureTable } from "@/shared/plot/FigureTable";
import { linearScale, roundTicks, type Scale } from "@/shared/plot/scale";
import { useWidth } from "@/shared/plot/use-width";
import { text } from "@/shared/text";
import { Card } from "@/shared/ui/Card";

type Bin = Schema<"HistogramBinFigures">;

const words = text.performance.distribution;

const HEIGHT = 200;
const LEFT = 52;
const RIGHT = 12;
const TOP = 8;
const BOTTOM = HEIGHT - 22;

/** How an outcome ended, from the bottom of a bar to its top. */
const ENDS = [
  { end: "stopped", fill: "fill-down", swatch: "bg-down" },
  { end: "expired", fill: "fill-neutral", swatch: "bg-neutral" },
  { end: "hits", fill: "fill-up", swatch: "bg-up" },
] as const;

/** How many signals made how much. */
export function Distribution({ bins }: { readonly bins: readonly Bin[] }) {
  const [measured, width] = useWidth();
  return (
    <Card title={words.title}>
      <p className="text-muted">{words.explained}</p>
      <p className="mb-2 flex flex-wrap gap-x-4">
        {ENDS.map(({ end, swatch }) => (
          <span key={end}>
            <span
              aria-hidden="true"
              className={`mr-1.5 inline-block size-2 rounded-[2px] ${swatch}`}
            />
            {words[end]}
          </span>
        ))}
      </p>
      <div ref={measured} style={{ height: HEIGHT }}>
        {width > 0 && <Histogram bins={bins} width={width} />}
      </div>
      <AsTable>
        {() => (
          <FigureTable
            caption={words.title}
            columns={[
              words.columns.range,
              words.columns.count,
              ...ENDS.map(({ end }) => words[end]),
            ]}
            rows={bins.map((bin, index) => ({
              key: String(index),
              cells: [
                rangeOf(bin),
                numbers.whole(bin.n),
                ...ENDS.map(({ end }) => numbers.whole(bin[end])),
              ],
            }))}
          />
        )}
      </AsTable>
    </Card>
  );
}

function rangeOf({ fromR, untilR }: Bin): string {
  const { signed } = numbers;
  if (fromR === null) return words.below(signed(untilR ?? 0));
  return untilR === null
    ? words.above(signed(fromR))
    : words.between(signed(fromR), signed(untilR));
}

function Histogram({ bins, width }: { readonly bins: readonly Bin[]; readonly width: number }) {
  const most = Math.max(1, ...bins.map(({ n }) => n));
  const x = linearScale([0, bins.length], [LEFT, width - RIGHT]);
  const y = linearScale([0, most], [BOTTOM, TOP]);
  return (
    <svg width={width} height={HEIGHT} role="img" aria-label={words.label}>
      <ValueAxis
        y={y}
        ticks={roundTicks(0, most, 4).filter(Number.isInteger)}
        format={numbers.whole}
        left={LEFT}
        right={width - RIGHT}
      />
      {bins.map((bin, index) => (
        <g key={bin.untilR ?? "above"}>
          <title>{words.bar(rangeOf(bin), numbers.whole(bin.n))}</title>
          <Stack bin={bin} from={x(index) + 1} until={x(index + 1) - 1} y={y} />
          {Number.isInteger(bin.fromR) && (
            <text x={x(index)} y={BOTTOM + 14} textAnchor="middle" className="fill-muted text-caps">
              {numbers.tick(bin.fromR ?? 0)}
            </text>
          )}
        </g>
      ))}
    </svg>
  );
}

interface StackProps {
  readonly bin: Bin;
  readonly from: number;
  readonly until: number;
  readonly y: Scale;
}

function Stack({ bin, from, until, y }: StackProps) {
  const bases = [0, bin.stopped, bin.stopped + bin.expired];
  return ENDS.map(({ end, fill }, index) => {
    const base = bases[index] ?? 0;
    const top = y(base + bin[end]);
    return (
      <rect
        key={end}
        x={from}
        width={Math.max(1, until - from)}
        y={top}
        height={y(base) - top}
        className={fill}
      />
    );
  });
}
