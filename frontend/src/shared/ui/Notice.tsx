import type { ReactNode } from "react";

interface NoticeProps {
  readonly title: string;
  readonly detail: string;
  readonly children?: ReactNode;
}

/** A title and a sentence in the middle of the place where data would be. */
export function Notice({ title, detail, children }: NoticeProps) {
  return (
    <div className="absolute inset-0 z-10 flex flex-col items-center justify-center gap-1 bg-surface p-4 text-center">
      <h2 className="text-heading font-semibold">{title}</h2>
      <p className="max-w-md text-muted">{detail}</p>
      {children}
    </div>
  );
}
