const MINUS = "\u2212";

/** Prices below this need more than cents to show a move. */
const CENTS_SUFFICE_FROM = 10;
const SIGNIFICANT_DIGITS = 5;

export interface NumberFormat {
  readonly price: (value: number) => string;
  /** A difference of prices, with the decimals of a price of that size. */
  readonly move: (value: number, price: number) => string;
  /** Already a percentage: 1.24 becomes "+1.24%", never an unsigned change. */
  readonly percent: (value: number) => string;
  /** Volumes and counts of any size in about four characters: "12.3K". */
  readonly compact: (value: number) => string;
  readonly seconds: (milliseconds: number) => string;
  /** Counts, and figures that no decimals are due: "12,345". */
  readonly whole: (value: number) => string;
  /** Of 1, without a sign: 0.4312 becomes "43.1%". */
  readonly share: (value: number) => string;
  /** Two decimals and always a sign, as results in R are told: "+0.12". */
  readonly signed: (value: number) => string;
  /** A log-loss, of which the third decimal counts: "1.052". */
  readonly loss: (value: number) => string;
  /** As an axis tells values: only the decimals that it needs, no plus: "0.5", "−40". */
  readonly tick: (value: number) => string;
  /** Three decimals and always a sign, as evidence and the score it adds up to: "+0.449". */
  readonly points: (value: number) => string;
  /** A chance that is already a percentage, 0…100, whole and without a sign: "68%". */
  readonly chance: (value: number) => string;
  /** Two decimals, no plus, as ratios are told: "1.33". */
  readonly ratio: (value: number) => string;
}

function withTrueMinus(format: Intl.NumberFormat, value: number): string {
  return format
    .formatToParts(value)
    .map((part) => (part.type === "minusSign" ? MINUS : part.value))
    .join("");
}

/** Decimals of a price of this size: cents, or enough for five significant digits. */
export function priceDecimals(price: number): number {
  const size = Math.abs(price);
  if (size >= CENTS_SUFFICE_FROM || size === 0) return 2;
  return Math.min(10, Math.max(2, SIGNIFICANT_DIGITS - 1 - Math.floor(Math.log10(size))));
}

export function createNumberFormat(locale?: string): NumberFormat {
  const fixed = Array.from({ length: 11 }, (_, decimals) => {
    return new Intl.NumberFormat(locale, {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    });
  });
  const signed = new Intl.NumberFormat(locale, {
    style: "percent",
    signDisplay: "exceptZero",
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  });
  const short = new Intl.NumberFormat(locale, {
    notation: "compact",
    minimumSignificantDigits: 3,
    maximumSignificantDigits: 3,
  });
  const tenths = new Intl.NumberFormat(locale, {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  const shares = new Intl.NumberFormat(locale, {
    style: "percent",
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  const signedDecimals = new Intl.NumberFormat(locale, {
    signDisplay: "exceptZero",
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  });
  const fewDecimals = new Intl.NumberFormat(locale, { maximumFractionDigits: 4 });
  const points = new Intl.NumberFormat(locale, {
    signDisplay: "exceptZero",
    minimumFractionDigits: 3,
    maximumFractionDigits: 3,
  });
  const chance = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  return {
    price: (value) => withTrueMinus(fixed[priceDecimals(value)] ?? short, value),
    move: (value, price) => withTrueMinus(fixed[priceDecimals(price)] ?? short, value),
    percent: (value) => withTrueMinus(signed, value / 100),
    compact: (value) => withTrueMinus(short, value),
    seconds: (milliseconds) => tenths.format(milliseconds / 1000),
    points: (value) => withTrueMinus(points, value),
    chance: (value) => chance.format(value / 100),
    whole: (value) => withTrueMinus(fixed[0] ?? short, value),
    share: (value) => withTrueMinus(shares, value),
    ratio: (value) => withTrueMinus(fixed[2] ?? short, value),
    loss: (value) => withTrueMinus(fixed[3] ?? short, value),
    tick: (value) => withTrueMinus(fewDecimals, value),
    signed: (value) => withTrueMinus(signedDecimals, value),
  };
}

/** In the reader's own locale. */
export const numbers = createNumberFormat();
