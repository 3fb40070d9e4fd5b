import { reportHref, type ModelSummary } from "@/shared/api/ml-api";
import { times } from "@/shared/format/times";
import type { MarketSymbol } from "@/shared/market/symbol";
import type { Timeframe } from "@/shared/market/timeframe";
import { text } from "@/shared/text";
import { Card } from "@/shared/ui/Card";
import { ErrorNotice } from "@/shared/ui/ErrorNotice";
import { Skeleton } from "@/shared/ui/Skeleton";
import { Command } from "./Command";
import { Drift } from "./Drift";
import { LiveForecasts } from "./LiveForecasts";
import { ModelFigures } from "./ModelFigures";
import { ModelReliability } from "./ModelReliability";
import { useModel, type KnownModel } from "./use-model";

const words = text.performance.model;
const SKELETON_HEIGHT = 560;

interface ModelSectionProps {
  readonly symbol: MarketSymbol;
  readonly timeframe: Timeframe;
}

/** What the model of a series knows, and how that was measured. */
export function ModelSection({ symbol, timeframe }: ModelSectionProps) {
  const { data, error, refetch } = useModel(symbol, timeframe);
  return (
    <Card
      title={words.title(symbol, timeframe)}
      testId="performance-model"
      aside={data && <Role known={data} />}
    >
      {!data && error && (
        <div className="relative min-h-60">
          <ErrorNotice title={words.failed} error={error} onRetry={() => void refetch()} />
        </div>
      )}
      {!data && !error && <Skeleton height={SKELETON_HEIGHT} />}
      {data?.summary && <Measured summary={data.summary} known={data} />}
      {data && !data.summary && (
        <>
          <p>{words.abstains(data.performance.abstains_for ?? "no_model")}.</p>
          <p className="text-muted">{words.withoutIt}</p>
          <Command>{words.command(symbol, timeframe)}</Command>
        </>
      )}
    </Card>
  );
}

/** Whether its forecasts count in the decisions. */
function Role({ known: { performance } }: { readonly known: KnownModel }) {
  const isServing = performance.abstains_for === null;
  return (
    <span
      className={`rounded-sm border px-1.5 text-caps font-medium ${isServing ? "border-up text-up" : "border-warn text-warn"}`}
    >
      {isServing ? words.serves : words.rulesOnly}
    </span>
  );
}

interface MeasuredProps {
  readonly summary: ModelSummary;
  readonly known: KnownModel;
}

function Measured({ summary, known: { performance } }: MeasuredProps) {
  const { model_id: id, trained_at, data_from, data_until, verdict } = summary;
  const { abstains_for, degraded, degraded_reason, live, drift } = performance;
  return (
    <>
      {abstains_for !== null && <p className="font-medium">{words.abstains(abstains_for)}.</p>}
      {degraded && <p className="text-warn">{words.degraded(degraded_reason ?? null)}</p>}
      <p className="text-muted">{words.explained}</p>
      <p className="mt-2">{words.verdict(verdict)}</p>
      <p className="text-muted break-words">
        {words.trained(id, times.day(trained_at), times.day(data_from), times.day(data_until))}
      </p>
      <ModelFigures summary={summary} />
      {live && <LiveForecasts live={live} />}
      <Drift drift={drift ?? null} />
      <ModelReliability modelId={id} />
      <a
        href={reportHref(id)}
        target="_blank"
        rel="noreferrer"
        className="mt-2 inline-block min-h-11 content-center text-accent underline md:min-h-8"
      >
        {words.report}
      </a>
    </>
  );
}
