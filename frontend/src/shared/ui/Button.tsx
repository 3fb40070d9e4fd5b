import type { ReactNode } from "react";

interface ButtonProps {
  readonly onClick: () => void;
  readonly children: ReactNode;
}

export function Button({ onClick, children }: ButtonProps) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="min-h-11 rounded-card border border-control bg-raised px-4 font-medium hover:border-accent md:min-h-8"
    >
      {children}
    </button>
  );
}
