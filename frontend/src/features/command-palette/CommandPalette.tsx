/** Every command, to be found by its name. */
export function CommandPalette() {
  return null;
}
