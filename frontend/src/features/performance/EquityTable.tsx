import { useState } from "react";
import { numbers } from "@/shared/format/numbers";
import { times } from "@/shared/format/times";
import { FigureTable, type FigureRow } from "@/shared/plot/FigureTable";
import { text } from "@/shared/text";
import { Button } from "@/shared/ui/Button";
import { pointAt, type Equity, type EquityPoint } from "./equity-walk";

const ROWS_AT_A_TIME = 100;

const words = text.performance.equity;

/** Every outcome of the curve, newest first. */
export function EquityTable({ equity }: { readonly equity: Equity }) {
  const [count, setCount] = useState(ROWS_AT_A_TIME);
  const last = equity.exitMs.length - 1;
  const rows = Array.from({ length: Math.min(count, last + 1) }, (_, back) => last - back)
    .map((index) => rowOf(index, pointAt(equity, index)))
    .filter((row) => row !== null);
  const { exit, ...others } = words.columns;
  const zone = times.zone(equity.exitMs[last] ?? 0);
  return (
    <>
      <FigureTable
        caption={words.title}
        columns={[exit(zone), ...Object.values(others)]}
        rows={rows}
      />
      {count <= last && (
        <div className="pt-3 text-center">
          <Button onClick={() => setCount(count + ROWS_AT_A_TIME)}>{words.older}</Button>
        </div>
      )}
    </>
  );
}

function rowOf(index: number, point: EquityPoint | undefined): FigureRow | null {
  if (!point) return null;
  const { exitMs, side, netR, sum, random, heldPercent } = point;
  const { signed, percent } = numbers;
  return {
    key: String(index),
    cells: [
      times.moment(exitMs),
      `${text.signal.glyph(side)} ${text.signal.side(side)}`,
      signed(netR),
      signed(sum),
      random ? text.performance.headline.range(signed(random.low), signed(random.high)) : text.none,
      heldPercent === null ? text.none : percent(heldPercent),
    ],
  };
}
