const SHORT = 7;

/** "ETHUSDT-1h-wide-1a2b3c4d5e6f" → "1a2b3c4": enough to tell two models apart. */
export function shortModelId(id: string): string {
  return (id.split("-").at(-1) ?? id).slice(0, SHORT);
}
