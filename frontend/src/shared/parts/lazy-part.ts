import { lazy, type ComponentType, type LazyExoticComponent } from "react";

type Load<Props> = () => Promise<ComponentType<Props>>;
type Lazy<Props> = LazyExoticComponent<ComponentType<Props>>;

const AGAIN_AFTER_MS = 1_000;
/** Then it is not the network's fault, and the reader is told. */
const TRIES = 300;

const unloaded: (() => Promise<unknown>)[] = [];

/** Asked for again while there is no network; its place waits meanwhile. */
async function persistently<T>(load: () => Promise<T>, tries = TRIES): Promise<T> {
  try {
    return await load();
  } catch (error) {
    if (tries <= 1) throw error;
    await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER_MS));
    return persistently(load, tries - 1);
  }
}

/** A page that is loaded when it is first visited. */
export function lazyPage<Props extends object>(load: Load<Props>): Lazy<Props> {
  return lazy(async () => ({ default: await persistently(load) }));
}

/**
 * A component that the first picture does without. It is loaded before anybody asks for it, so
 * that it opens at once, and also when the network has gone since.
 */
export function lazyPart<Props extends object>(load: Load<Props>): Lazy<Props> {
  unloaded.push(load);
  return lazyPage(load);
}

/** Loads every lazy part, one after the other; one that fails is loaded when it is first shown. */
export async function loadParts(): Promise<void> {
  for (const load of unloaded.splice(0)) await load().catch(() => undefined);
}
