/** "/api/signals/{signal_id}" with its parts in place, each escaped. */
export function filledPath(template: string, parts: object): string {
  const given = new Map(Object.entries(parts) as [string, unknown][]);
  return template.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(given.get(name))),
  );
}
