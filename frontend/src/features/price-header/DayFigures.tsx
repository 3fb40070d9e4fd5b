import type { PriceTick } from "@/shared/api/contract";
import { numbers } from "@/shared/format/numbers";
import { text } from "@/shared/text";

/** High, low and volume of the last 24 hours, where there is room for them. */
export function DayFigures({ tick }: { readonly tick: PriceTick }) {
  const { high24h, low24h, volume24h } = tick;
  return (
    <dl className="hidden gap-4 min-[1800px]:flex">
      <Figure name={text.header.high24h} value={high24h} format={numbers.price} />
      <Figure name={text.header.low24h} value={low24h} format={numbers.price} />
      <Figure name={text.header.volume24h} value={volume24h} format={numbers.compact} />
    </dl>
  );
}

interface FigureProps {
  readonly name: string;
  readonly value: number | null | undefined;
  readonly format: (value: number) => string;
}

function Figure({ name, value, format }: FigureProps) {
  if (value === null || value === undefined) return null;
  return (
    <div>
      <dt className="text-caps text-muted">{name}</dt>
      <dd className="text-axis">{format(value)}</dd>
    </div>
  );
}
