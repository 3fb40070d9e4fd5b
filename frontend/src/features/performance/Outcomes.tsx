import type { UseQueryResult } from "@tanstack/react-query";
import { errorSentence } from "@/shared/api/error-sentence";
import type { Breakdown } from "@/shared/api/performance-api";
import { times } from "@/shared/format/times";
import type { MarketSymbol } from "@/shared/market/symbol";
import type { Timeframe } from "@/shared/market/timeframe";
import { text } from "@/shared/text";
import { ErrorNotice } from "@/shared/ui/ErrorNotice";
import { Skeleton } from "@/shared/ui/Skeleton";
import { ConfidenceCard } from "./ConfidenceCard";
import { Distribution } from "./Distribution";
import { EquityChart } from "./EquityChart";
import { Headline } from "./Headline";
import { MonthBars } from "./MonthBars";
import { NoOutcomes } from "./NoOutcomes";
import { PartsCard } from "./PartsCard";
import type { Scope } from "./scope";

const words = text.performance.states;

/** Of the headline, the curve and the months: what is in sight first. */
const SKELETON_HEIGHTS = [330, 490, 320];

interface OutcomesProps {
  readonly symbol: MarketSymbol;
  readonly timeframe: Timeframe;
  readonly scope: Scope;
  readonly onChange: (part: Partial<Scope>) => void;
  readonly query: UseQueryResult<Breakdown>;
}

/** What became of the signals of a scope, once it was read. */
export function Outcomes({ symbol, timeframe, scope, onChange, query }: OutcomesProps) {
  const { data, error, refetch } = query;
  if (!data && error) {
    return (
      <div className="relative min-h-80 overflow-hidden rounded-card border border-line">
        <ErrorNotice title={words.failed} error={error} onRetry={() => void refetch()} />
      </div>
    );
  }
  if (!data) return <Reading />;
  if (data.total.n === 0) {
    return <NoOutcomes symbol={symbol} timeframe={timeframe} scope={scope} onChange={onChange} />;
  }
  return (
    <>
      {error && <NotRenewed atMs={query.dataUpdatedAt} reason={errorSentence(error)} />}
      <Headline symbol={symbol} scope={scope} breakdown={data} />
      <EquityChart equity={data.equity} period={data.period} />
      <MonthBars months={data.byMonth} />
      <PartsCard breakdown={data} />
      <ConfidenceCard bins={data.byConfidence} />
      <Distribution bins={data.distribution} />
    </>
  );
}

function Reading() {
  return (
    <>
      <p role="status" className="sr-only">
        {words.loading}
      </p>
      {SKELETON_HEIGHTS.map((height) => (
        <Skeleton key={height} height={height} />
      ))}
    </>
  );
}

function NotRenewed({ atMs, reason }: { readonly atMs: number; readonly reason: string }) {
  return (
    <p role="status" className="text-warn">
      {words.notRenewed(times.clock(atMs), times.zone(atMs), reason)}
    </p>
  );
}
