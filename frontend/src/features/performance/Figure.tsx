import type { ReactNode } from "react";

interface FigureProps {
  readonly name: string;
  readonly value: string;
  readonly detail: ReactNode;
}

/** A figure of a `dl`, with what it has to be read beside. */
export function Figure({ name, value, detail }: FigureProps) {
  return (
    <div>
      <dt className="text-caps text-muted">{name}</dt>
      <dd>
        <p className="text-price font-semibold">{value}</p>
        <div className="text-axis text-muted">{detail}</div>
      </dd>
    </div>
  );
}
