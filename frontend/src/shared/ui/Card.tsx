import type { ReactNode } from "react";

interface CardProps {
  readonly title: string;
  /** Beside the title, at the far end. */
  readonly aside?: ReactNode;
  readonly testId?: string;
  readonly children: ReactNode;
}

/** A titled part of a page. */
export function Card({ title, aside, testId, children }: CardProps) {
  return (
    <section
      aria-label={title}
      data-testid={testId}
      className="relative rounded-card border border-line bg-surface p-4"
    >
      <header className="mb-2 flex items-baseline justify-between gap-3">
        <h2 className="text-heading font-semibold">{title}</h2>
        {aside}
      </header>
      {children}
    </section>
  );
}
