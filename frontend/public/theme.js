// Runs before the first paint, so that a chosen theme never flashes in the other one's colours.
// A separate file because the content security policy allows no inline script.
try {
  const chosen = localStorage.getItem("theme");
  if (chosen === "dark" || chosen === "light") document.documentElement.dataset.theme = chosen;
} catch {
  // Storage is blocked: the system's preference stands.
}
