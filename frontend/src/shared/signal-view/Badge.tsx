interface BadgeProps {
  readonly label: string;
  /** What it means, in a sentence. */
  readonly sentence: string;
}

/** A reservation in a word. */
export function Badge({ label, sentence }: BadgeProps) {
  return (
    <span
      title={sentence}
      className="rounded-sm border border-warn px-1 text-caps whitespace-nowrap text-warn"
    >
      {label}
    </span>
  );
}
