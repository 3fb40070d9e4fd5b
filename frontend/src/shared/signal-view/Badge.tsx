interface BadgeProps {
  readonly label: string;
  /** What it means, where no sentence stands beside it. */
  readonly title?: string;
}

/** A reservation in a word. */
export function Badge({ label, title }: BadgeProps) {
  return (
    <span
      title={title}
      className="rounded-sm border border-warn px-1 text-caps font-medium whitespace-nowrap text-warn"
    >
      {label}
    </span>
  );
}
