/** The tokens that the chart paints with. */
const TOKENS = ["surface", "text", "muted", "up", "down", "neutral", "control", "line"] as const;

export type ChartColours = Readonly<Record<(typeof TOKENS)[number], string>>;

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
