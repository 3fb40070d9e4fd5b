import { text } from "@/shared/text";

const COLOURS: Readonly<Record<string, string>> = { bullish: "text-up", bearish: "text-down" };

/** What a reading speaks for: glyph, word and colour. */
export function Meaning({ direction }: { readonly direction: string }) {
  return (
    <span className={`whitespace-nowrap ${COLOURS[direction] ?? "text-muted"}`}>
      {text.indicators.direction(direction)}
    </span>
  );
}
