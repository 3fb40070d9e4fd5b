import { useMemo } from "react";
import { INDICATORS, type IndicatorId } from "@/shared/market/indicators";
import { changeSettings, useSettings } from "@/shared/settings/settings";
import { useIsNarrow } from "./use-narrow";
import { useView } from "./use-view";

const PANES: readonly IndicatorId[] = INDICATORS.filter(({ place }) => place === "pane").map(
  ({ id }) => id,
);

/**
 * The indicators on the chart, in their listed order, and the way to switch one: the URL's, else
 * those that this browser remembers, of which a phone's chart has no room for panes.
 */
export function useShownIndicators(): readonly [
  readonly IndicatorId[],
  (id: IndicatorId, isShown: boolean) => void,
] {
  const [{ indicators: chosen }, changeView] = useView();
  const remembered = useSettings(({ indicators }) => indicators);
  const isNarrow = useIsNarrow();
  const shown = useMemo(
    () => chosen ?? (isNarrow ? remembered.filter((id) => !PANES.includes(id)) : remembered),
    [chosen, remembered, isNarrow],
  );
  const show = (id: IndicatorId, isShown: boolean) => {
    const wanted = withIndicator(shown, id, isShown);
    changeView({ indicators: wanted });
    changeSettings({ indicators: wanted });
  };
  return [shown, show];
}

/** In the listed order, whatever the order of switching. */
export function withIndicator(
  shown: readonly IndicatorId[],
  id: IndicatorId,
  isShown: boolean,
): readonly IndicatorId[] {
  return INDICATORS.map((one) => one.id).filter((one) =>
    one === id ? isShown : shown.includes(one),
  );
}
