/** The tokens that the chart paints with. */
const TOKENS = [
  "surface",
  "text",
  "muted",
  "accent",
  "up",
  "down",
  "warn",
  "neutral",
  "control",
  "line",
  "ema9",
  "ema21",
  "ema50",
  "ema200",
] as const;

export type ColourToken = (typeof TOKENS)[number];

export type ChartColours = Readonly<Record<ColourToken, string>>;

/** The tokens as they compute now, in the theme that is on screen. */
export function readChartColours(place: HTMLElement): ChartColours {
  const probe = document.createElement("span");
  place.append(probe);
  const computed = TOKENS.map((token) => {
    probe.style.color = `var(--${token})`;
    return [token, getComputedStyle(probe).color] as const;
  });
  probe.remove();
  return Object.fromEntries(computed) as ChartColours;
}

/** An "rgb(r, g, b)" made see-through. */
export function translucent(rgb: string, opacity: number): string {
  return rgb.replace("rgb(", "rgba(").replace(")", `, ${opacity})`);
}
