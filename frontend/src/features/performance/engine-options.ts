import type { Breakdown } from "@/shared/api/performance-api";
import { numbers } from "@/shared/format/numbers";
import { text } from "@/shared/text";
import type { Scope } from "./scope";

interface Option {
  readonly value: string;
  readonly name: string;
}

/** What a scope without an engine is picked as. */
export const NO_ENGINE = "";

/** The engines that can be chosen; the chosen one always, also where nothing is known of it. */
export function engineOptions(
  { origin, engineVersion }: Scope,
  breakdown: Breakdown | undefined,
): readonly Option[] {
  const { currentEngine, everyEngine, engineOption } = text.performance.choices;
  const known = (breakdown?.byEngine ?? []).map(({ engineVersion: version, n }) => ({
    value: version,
    name: engineOption(version, numbers.whole(n)),
  }));
  const isUnknown = engineVersion !== null && !known.some(({ value }) => value === engineVersion);
  return [
    { value: NO_ENGINE, name: origin === "live" ? everyEngine : currentEngine },
    ...known,
    ...(isUnknown ? [{ value: engineVersion, name: engineVersion }] : []),
  ];
}
