import type { ReactNode } from "react";

interface ScrollBoxProps {
  readonly label: string;
  readonly className?: string;
  readonly children: ReactNode;
}

/** Holds what may be wider or taller than its place and has nothing to stop at by Tab. */
export function ScrollBox({ label, className = "", children }: ScrollBoxProps) {
  return (
    <section
      aria-label={label}
      // A region that scrolls has to be reachable by keyboard.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      className={`overflow-auto -outline-offset-2 ${className}`}
    >
      {children}
    </section>
  );
}
