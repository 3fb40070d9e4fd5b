import { useState, type ReactNode } from "react";
import { text } from "@/shared/text";

/** The table below a drawing, which is made only once somebody wants it. */
export function AsTable({ children }: { readonly children: () => ReactNode }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="mt-2" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="min-h-11 w-fit cursor-pointer content-center text-muted hover:text-text md:min-h-8">
        {text.plot.asTable}
      </summary>
      {isOpen && children()}
    </details>
  );
}
