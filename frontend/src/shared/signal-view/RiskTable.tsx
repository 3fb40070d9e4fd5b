import { numbers } from "@/shared/format/numbers";
import type { TradeSignal } from "@/shared/signals/signal";
import { text } from "@/shared/text";
import { RiskRatios } from "./RiskRatios";
import { riskRows, type RiskRow } from "./risk-rows";

/** Where it enters and is left: in price, in percent of the entry and in net R. */
export function RiskTable({ signal }: { readonly signal: TradeSignal }) {
  const words = text.signalView.risk;
  const rows = riskRows(signal);
  if (rows.length === 0) return null;
  return (
    <section aria-label={words.title}>
      <table className="w-full text-right">
        <caption className="sr-only">{words.caption}</caption>
        <thead>
          <tr className="text-caps text-muted">
            <th scope="col" className="text-left font-normal">
              {words.columns.level}
            </th>
            <th scope="col" className="font-normal">
              {words.columns.price}
            </th>
            <th scope="col" className="font-normal">
              {words.columns.distance}
            </th>
            <th scope="col" className="font-normal">
              {words.columns.net}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <LevelRow key={nameOf(row)} row={row} />
          ))}
        </tbody>
      </table>
      <RiskRatios signal={signal} />
    </section>
  );
}

function nameOf({ level }: RiskRow): string {
  const words = text.signalView.risk;
  return typeof level === "object" ? words.target(level.target) : words[level];
}

const COLOURS = { entry: "", stop: "text-down", target: "text-up" } as const;

function LevelRow({ row }: { readonly row: RiskRow }) {
  const kind = typeof row.level === "object" ? "target" : row.level;
  return (
    <tr className="h-6 border-t border-line">
      <th scope="row" className={`text-left font-medium ${COLOURS[kind]}`}>
        {nameOf(row)}
      </th>
      <td>{numbers.price(row.price)}</td>
      <td>{kind === "entry" ? text.none : numbers.percent(row.percent)}</td>
      <td>{row.netR === null ? text.none : numbers.signed(row.netR)}</td>
    </tr>
  );
}
