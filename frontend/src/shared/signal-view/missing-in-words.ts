import { asSentence } from "@/shared/format/prose";
import { text } from "@/shared/text";

/** The platform's own summary of a HOLD, with the family "ml" by the name that it has on screen. */
export function missingInWords(summary: string): string {
  const said = summary.replace(/^HOLD: /, "").replaceAll(/\bml\b/g, text.signalView.theModel);
  return said === "" ? text.signalView.noSummary : asSentence(said);
}
