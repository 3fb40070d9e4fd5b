import { useShownSignal } from "@/shared/signals/selection";
import { useSignals, type Signals } from "@/shared/signals/use-signals";
import { text } from "@/shared/text";
import { ErrorNotice } from "@/shared/ui/ErrorNotice";
import { Notice } from "@/shared/ui/Notice";
import { useView } from "@/shared/view/use-view";
import { MoreButton } from "./MoreButton";
import { RowSkeletons } from "./RowSkeletons";
import { SignalGrid } from "./SignalGrid";
import { useTrades } from "./use-trades";

/** BUY and SELL, newest first; with the HOLDs between them where they are wanted. */
export function SignalsTab({ areHoldsShown }: { readonly areHoldsShown: boolean }) {
  const [{ symbol, timeframe }] = useView();
  const decisions = useSignals(symbol, timeframe);
  const trades = useTrades(symbol, timeframe);
  return (
    <List
      key={`${symbol} ${timeframe} ${String(areHoldsShown)}`}
      list={areHoldsShown ? decisions : trades}
      holds={decisions.signals?.length ?? 0}
      selectedId={useShownSignal(symbol, timeframe)?.id}
    />
  );
}

interface ListProps {
  readonly list: Signals;
  /** HOLDs that are known, shown or not. */
  readonly holds: number;
  readonly selectedId: string | undefined;
}

function List({ list, holds, selectedId }: ListProps) {
  const words = text.signals.drawer;
  const { signals, error, retry } = list;
  if (error) return <ErrorNotice title={words.failed} error={error} onRetry={retry} />;
  if (!signals) return <RowSkeletons />;
  if (signals.length === 0) {
    return <Notice title={words.empty} detail={words.emptyDetail(holds)} />;
  }
  return (
    <div data-scrolls className="absolute inset-0 overflow-auto">
      <SignalGrid signals={signals} selectedId={selectedId} />
      <MoreButton list={list} />
    </div>
  );
}
