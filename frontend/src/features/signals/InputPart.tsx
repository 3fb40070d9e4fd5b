import type { ReactNode } from "react";

/** One kind of what a signal was decided from. */
export function InputPart({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ReactNode;
}) {
  return (
    <section aria-label={title}>
      <h3 className="text-caps font-medium text-muted">{title}</h3>
      {children}
    </section>
  );
}
