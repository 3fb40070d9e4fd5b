import { useMemo } from "react";
import { navigate, useSearch } from "wouter/use-browser-location";
import { readScope, writeScope, type Scope } from "./scope";

function changeScope(part: Partial<Scope>): void {
  const { search, pathname } = location;
  const changed = writeScope(search, { ...readScope(search), ...part });
  if (changed !== search) navigate(pathname + changed);
}

/** The scope in the URL, and the way to change parts of it (each change is a step back). */
export function useScope(): readonly [Scope, (part: Partial<Scope>) => void] {
  const search = useSearch();
  const scope = useMemo(() => readScope(search), [search]);
  return [scope, changeScope];
}
