interface LitNameProps {
  readonly name: string;
  readonly letters: readonly number[];
}

/** A name whose letters that were typed stand out. */
export function LitName({ name, letters }: LitNameProps) {
  return (
    <span>
      {Array.from(name, (letter, index) =>
        letters.includes(index) ? (
          <b key={index} className="font-semibold text-accent">
            {letter}
          </b>
        ) : (
          letter
        ),
      )}
    </span>
  );
}
