import { ORIGINS, type Origin } from "@/shared/api/performance-api";

/** Which outcomes of a series are looked at, as the URL says it. */
export interface Scope {
  readonly origin: Origin;
  /** Null: what the server takes without one. */
  readonly engineVersion: string | null;
  /** A UTC day, "2024-07-01"; null: since ever. */
  readonly since: string | null;
}

const ENGINE = /^[0-9a-z]{1,64}$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

function dayOf(text: string): string | null {
  return DAY.test(text) && Date.parse(text) >= 0 ? text : null;
}

/** A part that is missing or wrong is left open. */
export function readScope(search: string): Scope {
  const params = new URLSearchParams(search);
  const engine = params.get("engine") ?? "";
  return {
    origin: ORIGINS.find((origin) => origin === params.get("origin")) ?? "live",
    engineVersion: ENGINE.test(engine) ? engine : null,
    since: dayOf(params.get("since") ?? ""),
  };
}

/** The same search string with the scope written into it; parameters of others stay. */
export function writeScope(search: string, { origin, engineVersion, since }: Scope): string {
  const params = new URLSearchParams(search);
  const parts = { origin: origin === "live" ? null : origin, engine: engineVersion, since };
  for (const [name, value] of Object.entries(parts)) {
    if (value === null) params.delete(name);
    else params.set(name, value);
  }
  return `?${params.toString()}`;
}

export function sinceMs({ since }: Scope): number | null {
  return since === null ? null : Date.parse(since);
}
