import type { ReactNode } from "react";
import { text } from "@/shared/text";
import { ScrollBox } from "@/shared/ui/ScrollBox";

export interface FigureRow {
  readonly key: string;
  /** The first one names the row. */
  readonly cells: readonly ReactNode[];
}

interface FigureTableProps {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly FigureRow[];
}

/** The figures of a drawing, as a table that scrolls inside its own box. */
export function FigureTable({ caption, columns, rows }: FigureTableProps) {
  return (
    <ScrollBox label={text.plot.table(caption)} className="max-h-96">
      <table className="w-full text-right">
        <caption className="sr-only">{caption}</caption>
        <thead className="sticky top-0 z-10 bg-raised text-caps text-muted">
          <tr>
            {columns.map((name) => (
              <th key={name} scope="col" className="px-3 py-1 font-medium first:text-left">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells: [name, ...cells] }) => (
            <tr key={key} className="border-t border-line hover:bg-raised">
              <th scope="row" className="px-3 py-1 text-left font-normal whitespace-nowrap">
                {name}
              </th>
              {cells.map((cell, index) => (
                <td key={columns[index + 1]} className="px-3 py-1 whitespace-nowrap">
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}
