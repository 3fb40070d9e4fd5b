import { useId } from "react";
import { text } from "@/shared/text";
import { Button } from "@/shared/ui/Button";

interface SinceFieldProps {
  /** A UTC day, "2024-07-01"; null: since ever. */
  readonly since: string | null;
  readonly onChange: (since: string | null) => void;
}

export function SinceField({ since, onChange }: SinceFieldProps) {
  const id = useId();
  return (
    <div className="flex items-end gap-2">
      <div>
        <label htmlFor={id} className="mb-1 block text-caps text-muted">
          {text.performance.choices.since}
        </label>
        <input
          id={id}
          type="date"
          min="1970-01-01"
          max="9999-12-31"
          value={since ?? ""}
          onChange={(event) => onChange(event.target.value || null)}
          className="min-h-11 rounded-card border border-control bg-surface px-2 font-medium md:min-h-8.5"
        />
      </div>
      {since !== null && (
        <Button onClick={() => onChange(null)}>{text.performance.choices.sinceEver}</Button>
      )}
    </div>
  );
}
