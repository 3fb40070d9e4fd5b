interface KeyCapsProps {
  readonly caps: readonly string[];
}

/** Keys as they look on a keyboard. */
export function KeyCaps({ caps }: KeyCapsProps) {
  return (
    <span className="flex gap-1">
      {caps.map((cap) => (
        <kbd
          key={cap}
          className="min-w-5 rounded-sm border border-control bg-raised px-1 text-center font-sans text-caps text-muted"
        >
          {cap}
        </kbd>
      ))}
    </span>
  );
}
