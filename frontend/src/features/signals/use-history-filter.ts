import { useMemo } from "react";
import { navigate, useSearch } from "wouter/use-browser-location";
import { readFilter, writeFilter, type HistoryFilter } from "./history-filter";

function changeFilter(part: Partial<HistoryFilter>): void {
  const search = writeFilter(location.search, { ...readFilter(location.search), ...part });
  if (search !== location.search) navigate(location.pathname + search);
}

/** The filter in the URL, and the way to change parts of it (each change is a step back). */
export function useHistoryFilter(): readonly [HistoryFilter, typeof changeFilter] {
  const search = useSearch();
  const filter = useMemo(() => readFilter(search), [search]);
  return [filter, changeFilter];
}
