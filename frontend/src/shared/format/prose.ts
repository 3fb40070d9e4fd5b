const HYPHEN_OF_NUMBER = /(?<![\w.])-(?=\d)/g;

/** The platform's wording as a sentence: a capital, a full stop, and a true minus before numbers. */
export function asSentence(wording: string): string {
  const said = wording.trim().replace(HYPHEN_OF_NUMBER, "\u2212");
  if (said === "") return "";
  const ending = /[.!?]$/.test(said) ? "" : ".";
  return said.charAt(0).toUpperCase() + said.slice(1) + ending;
}
