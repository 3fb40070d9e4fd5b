import { text } from "@/shared/text";

/** What the navigation leads to, in its order. */
export const PAGES = [
  { path: "/", name: text.nav.workspace },
  { path: "/signals", name: text.nav.signals },
  { path: "/performance", name: text.nav.performance },
  { path: "/status", name: text.nav.status },
  { path: "/settings", name: text.nav.settings },
] as const;

/** Whether an address belongs to a page of the navigation: "/signals/1" to "/signals". */
export function isAt(path: string, location: string): boolean {
  return path === "/" ? location === "/" : location === path || location.startsWith(`${path}/`);
}
