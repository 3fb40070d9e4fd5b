import type { ReactNode } from "react";
import { ScrollBox } from "@/shared/ui/ScrollBox";

export interface Column<Row> {
  readonly name: string;
  readonly isFigure?: boolean;
  readonly cell: (row: Row) => ReactNode;
}

interface StatusTableProps<Row> {
  readonly caption: string;
  /** The first one names the row. */
  readonly columns: readonly [Column<Row>, ...Column<Row>[]];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
}

/** A real table that scrolls inside its own box where the screen is narrow. */
export function StatusTable<Row>({ caption, columns, rows, keyOf }: StatusTableProps<Row>) {
  const [first, ...others] = columns;
  return (
    <ScrollBox label={caption} className="scroll-hint -mx-4 px-4">
      <table className="w-full text-left whitespace-nowrap">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="text-caps text-muted">
            {columns.map(({ name, isFigure }) => (
              <th
                key={name}
                scope="col"
                className={`pr-5 last:pr-0 pb-1 font-medium ${aligned(isFigure)}`}
              >
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)} className="border-t border-line align-top">
              <th scope="row" className="py-2 pr-5 font-medium">
                {first.cell(row)}
              </th>
              {others.map(({ name, isFigure, cell }) => (
                <td key={name} className={`py-2 pr-5 last:pr-0 ${aligned(isFigure)}`}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}

function aligned(isFigure = false): string {
  return isFigure ? "text-right" : "";
}
