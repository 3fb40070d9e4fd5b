import { useId } from "react";

interface PickFieldProps {
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly name: string }[];
  readonly value: string;
  readonly onPick: (value: string) => void;
}

/** One of some that are not all in sight. */
export function PickField({ label, options, value, onPick }: PickFieldProps) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-caps text-muted">
        {label}
      </label>
      <select
        id={id}
        value={value}
        onChange={(event) => onPick(event.target.value)}
        className="min-h-11 max-w-full rounded-card border border-control bg-surface px-2 font-medium md:min-h-8.5"
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.name}
          </option>
        ))}
      </select>
    </div>
  );
}
