import { asSentence } from "@/shared/format/prose";
import { text } from "@/shared/text";

const REASON = /\((\w+)\)$/;

/** The platform's sentence about a family, with the reason for the model's silence in words. */
export function evidenceInWords(sentence: string): string {
  const inWords = (_: string, reason: string) => `(${text.signalView.silence(reason)})`;
  return asSentence(sentence.replace(REASON, inWords));
}
