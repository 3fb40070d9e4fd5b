/** How well a name fits what was typed, best first. */
const FITS = ["start", "word", "inside", "words", "letters"] as const;

export interface Match {
  readonly fit: (typeof FITS)[number];
  /** Which letters of the name were meant, ascending. */
  readonly letters: readonly number[];
}

function isWordStart(name: string, index: number): boolean {
  return index === 0 || !/[\p{L}\p{N}]/u.test(name.charAt(index - 1));
}

function stretch(from: number, length: number): readonly number[] {
  return Array.from({ length }, (_, offset) => from + offset);
}

/** Where a text stands in a name, at the start of a word if it can. */
function placeOf(typed: string, name: string): number {
  for (let at = name.indexOf(typed); at !== -1; at = name.indexOf(typed, at + 1)) {
    if (isWordStart(name, at)) return at;
  }
  return name.indexOf(typed);
}

function asOne(typed: string, name: string): Match | null {
  const at = placeOf(typed, name);
  if (at === -1) return null;
  const fit = at === 0 ? "start" : isWordStart(name, at) ? "word" : "inside";
  return { fit, letters: stretch(at, typed.length) };
}

function asWords(typed: string, name: string): Match | null {
  const places = typed.split(" ").map((word) => ({ word, at: placeOf(word, name) }));
  if (places.some(({ at }) => at === -1)) return null;
  const letters = places.flatMap(({ word, at }) => stretch(at, word.length));
  return { fit: "words", letters: [...new Set(letters)].toSorted((a, b) => a - b) };
}

/** The letters in their order with gaps between, the first one at the start of a word. */
function asLetters(typed: string, name: string): Match | null {
  const letters: number[] = [];
  for (const letter of typed.replaceAll(" ", "")) {
    const from = (letters.at(-1) ?? -1) + 1;
    const at = name.indexOf(letter, from);
    if (at === -1) return null;
    letters.push(at);
  }
  return isWordStart(name, letters[0] ?? 0) ? { fit: "letters", letters } : null;
}

/** Null where the name is not meant at all. Case and spaces around do not count. */
export function matchCommand(typed: string, name: string): Match | null {
  const [wanted, offered] = [typed.trim().toLowerCase(), name.toLowerCase()];
  return asOne(wanted, offered) ?? asWords(wanted, offered) ?? asLetters(wanted, offered);
}

/** Below zero where `a` fits better: by kind, then the earlier in its name. */
export function compareMatches(a: Match, b: Match): number {
  const byFit = FITS.indexOf(a.fit) - FITS.indexOf(b.fit);
  return byFit === 0 ? (a.letters[0] ?? 0) - (b.letters[0] ?? 0) : byFit;
}
