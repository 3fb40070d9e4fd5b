import { numbers } from "@/shared/format/numbers";
import { text } from "@/shared/text";
import { loudnessOf, type Loudness, type Voice } from "./voices";

/** Up and down, for each loudness. */
const GLYPHS: Readonly<Record<Loudness, readonly [string, string]>> = {
  none: ["·", "·"],
  weak: ["△", "▽"],
  some: ["▲", "▼"],
  clear: ["▲", "▼"],
  strong: ["▲▲", "▼▼"],
};

/** Of the side's colour in the cell, in percent. */
const TINTS: Readonly<Record<Loudness, number>> = {
  none: 0,
  weak: 10,
  some: 10,
  clear: 24,
  strong: 42,
};

/** One voice as glyph and tint; in words for whoever cannot see it. */
export function VoiceCell({ voice }: { readonly voice: Voice | null }) {
  const words = text.confluence;
  if (!voice) {
    return (
      <td title={words.silent} className="h-6 text-axis text-muted">
        <span aria-hidden="true">{text.none}</span>
        <span className="sr-only">{words.silent}</span>
      </td>
    );
  }
  const loudness = loudnessOf(voice);
  const isUp = voice.points > 0;
  const said = inWords(voice);
  const tint = `color-mix(in srgb, var(--${isUp ? "up" : "down"}) ${TINTS[loudness]}%, transparent)`;
  return (
    <td
      title={said}
      className="h-6 rounded-sm text-caps tracking-tighter whitespace-nowrap"
      style={{ background: tint }}
    >
      <span aria-hidden="true">{GLYPHS[loudness][isUp ? 0 : 1]}</span>
      <span className="sr-only">{said}</span>
    </td>
  );
}

function inWords({ value, points }: Voice): string {
  const words = text.confluence;
  return value === null ? words.points(numbers.points(points)) : words.value(numbers.signed(value));
}
