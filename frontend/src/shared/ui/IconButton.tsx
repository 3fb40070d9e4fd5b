import type { ReactNode } from "react";

interface IconButtonProps {
  /** What pressing it does; also its tooltip. */
  readonly label: string;
  readonly onClick: () => void;
  readonly isPressed?: boolean;
  readonly testId?: string;
  /** The content of a 16 by 16 drawing, in strokes of the text's colour. */
  readonly children: ReactNode;
}

export function IconButton({ label, onClick, isPressed, testId, children }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-pressed={isPressed}
      title={label}
      data-testid={testId}
      onClick={onClick}
      className="grid size-11 place-items-center rounded-card text-muted hover:bg-raised hover:text-text aria-pressed:bg-raised aria-pressed:text-accent md:size-8"
    >
      <svg
        viewBox="0 0 16 16"
        className="size-4"
        fill="none"
        stroke="currentColor"
        strokeWidth={1.5}
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
      >
        {children}
      </svg>
    </button>
  );
}
