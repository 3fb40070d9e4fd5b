/** What each key does. */
export function KeySheet() {
  return null;
}
