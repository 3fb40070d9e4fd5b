import { describe, expect, test } from "vitest";
import tokens from "./tokens.css?raw";

type Colours = ReadonlyMap<string, string>;

const TOKEN = /--(?<name>\w+): light-dark\((?<light>#\w{6}), (?<dark>#\w{6})\)/g;
const [standard = "", colourBlind = ""] = tokens.split(':root[data-palette="colour-blind"]');

function coloursOf(css: string, scheme: "light" | "dark"): Colours {
  const groups = [...css.matchAll(TOKEN)].map(({ groups }) => groups ?? {});
  return new Map(groups.map((token) => [token["name"] ?? "", token[scheme] ?? ""]));
}

/** Relative luminance of a colour of sRGB, as WCAG 2 defines it. */
function luminance(hex: string): number {
  const [red = NaN, green = NaN, blue = NaN] = [1, 3, 5].map((at) => {
    const channel = parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(colours: Colours, name: string, ground: string): number {
  const [darker = NaN, lighter = NaN] = [name, ground]
    .map((token) => luminance(colours.get(token) ?? ""))
    .sort((one, other) => one - other);
  return (lighter + 0.05) / (darker + 0.05);
}

const DARK = { text: 14.9, muted: 7.4, accent: 6.9, up: 7.5, down: 6, warn: 9.4, neutral: 7 };
const LIGHT = { text: 17.5, muted: 6.2, accent: 6.4, up: 5.4, down: 5.5, warn: 5.9, neutral: 6.4 };
const WORDS = Object.keys(DARK);

describe.each([
  ["dark", { ...DARK, control: 3.8 }],
  ["light", { ...LIGHT, control: 3.6 }],
] as const)("the contrast, %s", (scheme, briefed) => {
  const colours = coloursOf(standard, scheme);
  const safe = new Map([...colours, ...coloursOf(colourBlind, scheme)]);

  test.each(Object.entries(briefed))("of %s on a surface is %d to 1", (name, ratio) => {
    expect(Math.abs(contrast(colours, name, "surface") - ratio)).toBeLessThanOrEqual(0.1);
  });

  test.each(["bg", "surface", "raised"])(
    "of words of any colour on %s is 4.5 or more",
    (ground) => {
      for (const name of WORDS) {
        expect(contrast(colours, name, ground), name).toBeGreaterThanOrEqual(4.5);
        expect(contrast(safe, name, ground), `${name}, colour-blind`).toBeGreaterThanOrEqual(4.5);
      }
    },
  );
});
