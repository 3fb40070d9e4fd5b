/** The settings as the palette offers them, on every page. */
export const command = {
  theme: { system: "Theme of the system", dark: "Dark theme", light: "Light theme" },
  palette: { standard: "Green and red candles", "colour-blind": "Colour-blind safe candles" },
  zone: { utc: "Times in UTC", local: "Times in my own zone" },
  keysOff: "Switch single-key shortcuts off",
  keysOn: "Switch single-key shortcuts on",
  soundOff: "Switch the signal tone off",
  soundOn: "Switch the signal tone on",
} as const;
