export interface SegmentedProps<T extends string> {
  readonly label: string;
  readonly choices: readonly { readonly value: T; readonly name: string }[];
  readonly value: T;
  readonly onChoose: (value: T) => void;
}

/** One of a few, all of them in sight. */
export function Segmented<T extends string>(props: SegmentedProps<T>) {
  const { label, choices, value, onChoose } = props;
  return (
    <div
      role="group"
      aria-label={label}
      className="inline-flex rounded-card border border-control p-0.5"
    >
      {choices.map((choice) => (
        <button
          key={choice.value}
          type="button"
          aria-pressed={choice.value === value}
          onClick={() => onChoose(choice.value)}
          className="min-h-11 rounded-[6px] px-3 font-medium text-muted hover:text-text aria-pressed:bg-raised aria-pressed:text-accent md:min-h-7"
        >
          {choice.name}
        </button>
      ))}
    </div>
  );
}
