const TONES = {
  good: { colour: "text-up", glyph: "●" },
  notice: { colour: "text-warn", glyph: "▲" },
  bad: { colour: "text-down", glyph: "■" },
  idle: { colour: "text-neutral", glyph: "○" },
} as const;

export type Tone = keyof typeof TONES;

interface StateWordProps {
  readonly tone: Tone;
  readonly children: string;
}

/** A state in a word, told apart by shape as well as by colour. */
export function StateWord({ tone, children }: StateWordProps) {
  const { colour, glyph } = TONES[tone];
  return (
    <span>
      <span aria-hidden="true" className={colour}>
        {glyph}{" "}
      </span>
      {children}
    </span>
  );
}
