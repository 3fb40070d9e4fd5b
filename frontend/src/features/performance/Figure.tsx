import type { ReactNode } from "react";

interface FigureProps {
  readonly name: string;
  readonly value: string;
  /** Said by the way, where it is not what the figures are about. */
  readonly isCalm?: boolean;
  readonly detail: ReactNode;
}

/** A figure of a `dl`, with what it has to be read beside. */
export function Figure({ name, value, detail, isCalm = false }: FigureProps) {
  return (
    <div>
      <dt className="text-caps text-muted">{name}</dt>
      <dd>
        <p className={isCalm ? "text-muted" : "text-price font-semibold"}>{value}</p>
        <div className="text-axis text-muted">{detail}</div>
      </dd>
    </div>
  );
}
