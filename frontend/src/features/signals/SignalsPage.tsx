import { TIMEFRAMES } from "@/shared/market/timeframe";
import { urlSymbol } from "@/shared/market/symbol";
import type { TradeSignal } from "@/shared/signals/signal";
import type { Signals } from "@/shared/signals/use-signals";
import { text } from "@/shared/text";
import { Button } from "@/shared/ui/Button";
import { Card } from "@/shared/ui/Card";
import { ErrorNotice } from "@/shared/ui/ErrorNotice";
import { Notice } from "@/shared/ui/Notice";
import { NamedSegmented } from "@/shared/ui/NamedSegmented";
import { useSpelledOutView, useView } from "@/shared/view/use-view";
import { isNarrowed, NO_FILTER } from "./history-filter";
import { HistoryFilters } from "./HistoryFilters";
import { HistoryTable } from "./HistoryTable";
import { MoreButton } from "./MoreButton";
import { RowSkeletons } from "./RowSkeletons";
import { saveFile } from "./save-file";
import { signalsCsv } from "./signals-csv";
import { Totals } from "./Totals";
import { useHistoryFilter } from "./use-history-filter";
import { useSignalHistory } from "./use-signal-history";

const words = text.signals.history;
const TIMEFRAME_CHOICES = TIMEFRAMES.map((timeframe) => ({ value: timeframe, name: timeframe }));

/** Every decision of a market and timeframe. */
export function SignalsPage() {
  const [{ symbol, timeframe }, changeView] = useView();
  useSpelledOutView();
  const [filter] = useHistoryFilter();
  const list = useSignalHistory(symbol, timeframe, filter);
  const signals = list.signals ?? [];
  const save = () => {
    const name = words.csvName(urlSymbol(symbol), timeframe);
    saveFile(name, "text/csv;charset=utf-8", signalsCsv(signals));
  };
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap gap-x-3 gap-y-2">
        <NamedSegmented
          label={words.timeframe}
          choices={TIMEFRAME_CHOICES}
          value={timeframe}
          onChoose={(chosen) => changeView({ timeframe: chosen })}
        />
        <HistoryFilters />
      </div>
      <Totals key={`${symbol} ${timeframe}`} />
      <Card title={words.title(symbol, timeframe)} aside={<Shown list={list} onSave={save} />}>
        <History list={list} caption={words.title(symbol, timeframe)} />
      </Card>
    </div>
  );
}

function Shown({ list, onSave }: { readonly list: Signals; readonly onSave: () => void }) {
  const { signals = [], hasMore } = list;
  if (signals.length === 0) return null;
  return (
    <div className="flex items-baseline gap-3 whitespace-nowrap text-muted">
      <span className="max-md:hidden">{words.shown(signals.length, hasMore)}</span>
      <Button onClick={onSave}>{words.download}</Button>
    </div>
  );
}

interface HistoryProps {
  readonly list: Signals;
  readonly caption: string;
}

function History({ list, caption }: HistoryProps) {
  const { signals, error, retry } = list;
  if (signals && signals.length > 0)
    return <Listed list={list} caption={caption} signals={signals} />;
  return (
    <div className="relative min-h-60">
      {error && <ErrorNotice title={words.failed} error={error} onRetry={retry} />}
      {!error && !signals && <RowSkeletons />}
      {!error && signals && <Nothing />}
    </div>
  );
}

function Listed({ list, caption, signals }: HistoryProps & { signals: readonly TradeSignal[] }) {
  return (
    <>
      <HistoryTable caption={caption} signals={signals} />
      <MoreButton list={list} />
    </>
  );
}

function Nothing() {
  const [filter, changeFilter] = useHistoryFilter();
  if (!isNarrowed(filter)) return <Notice title={words.empty} detail={words.emptyDetail} />;
  return (
    <Notice title={words.emptyFiltered} detail={words.emptyFilteredDetail}>
      <Button onClick={() => changeFilter(NO_FILTER)}>{words.clear}</Button>
    </Notice>
  );
}
