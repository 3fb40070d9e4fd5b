// Runs before the first paint, so that a chosen theme never flashes in the other one's colours.
// A separate file because the content security policy allows no inline script.
try {
  const { theme, palette } = JSON.parse(localStorage.getItem("settings") ?? "{}").state ?? {};
  const { dataset } = document.documentElement;
  if (theme === "dark" || theme === "light") dataset.theme = theme;
  if (palette === "colour-blind") dataset.palette = palette;
} catch {
  // Storage is blocked or holds something else: the system's preference stands.
}
