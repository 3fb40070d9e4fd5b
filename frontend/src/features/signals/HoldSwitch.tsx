import { useSignals } from "@/shared/signals/use-signals";
import { text } from "@/shared/text";
import { Switch } from "@/shared/ui/Switch";
import { useView } from "@/shared/view/use-view";
import { quietSince } from "./signal-walk";

interface HoldSwitchProps {
  readonly areShown: boolean;
  readonly onShow: (areShown: boolean) => void;
}

/** How many HOLDs there were since the last BUY or SELL, and whether they are listed. */
export function HoldSwitch({ areShown, onShow }: HoldSwitchProps) {
  const [{ symbol, timeframe }] = useView();
  const { signals, hasMore } = useSignals(symbol, timeframe);
  const words = text.signals.drawer;
  const { count, isAtLeast } = quietSince(signals ?? [], hasMore);
  return (
    <div className="flex items-center whitespace-nowrap text-muted">
      {signals && <span>{words.holdsSince(count, isAtLeast)}</span>}
      <Switch label={words.showHolds} isOn={areShown} onChange={onShow} />
    </div>
  );
}
