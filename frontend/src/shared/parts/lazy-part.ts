import { lazy, type ComponentType, type LazyExoticComponent } from "react";

const unloaded: (() => Promise<unknown>)[] = [];

/**
 * A component that the first picture does without. It is loaded before anybody asks for it, so
 * that it opens at once, and also when the network has gone since.
 */
export function lazyPart<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): LazyExoticComponent<ComponentType<Props>> {
  unloaded.push(load);
  return lazy(async () => ({ default: await load() }));
}

/** Loads every lazy part, one after the other; one that fails is loaded when it is first shown. */
export async function loadParts(): Promise<void> {
  for (const load of unloaded.splice(0)) await load().catch(() => undefined);
}
