interface SwitchProps {
  readonly label: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}

/** On or off, at once. */
export function Switch({ label, isOn, onChange }: SwitchProps) {
  return (
    <button
      type="button"
      role="switch"
      aria-checked={isOn}
      aria-label={label}
      onClick={() => onChange(!isOn)}
      className="group grid h-11 w-12 place-items-center md:h-8"
    >
      <span className="flex h-5 w-9 items-center rounded-full border border-control bg-raised p-0.5 group-aria-checked:border-accent group-aria-checked:bg-accent">
        <span className="size-3.5 rounded-full bg-control group-aria-checked:translate-x-4 group-aria-checked:bg-surface" />
      </span>
    </button>
  );
}
