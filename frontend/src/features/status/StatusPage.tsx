import { errorSentence } from "@/shared/api/error-sentence";
import { times } from "@/shared/format/times";
import { usePlatformStatus } from "@/shared/status/use-platform-status";
import { text } from "@/shared/text";
import { ErrorNotice } from "@/shared/ui/ErrorNotice";
import { FeedCard } from "./FeedCard";
import { JobsCard } from "./JobsCard";
import { findingsOf, type Finding } from "./judge-status";
import { ModelsCard } from "./ModelsCard";
import { QualityCard } from "./QualityCard";
import { SeriesCard } from "./SeriesCard";
import { ServicesCard } from "./ServicesCard";
import { StatusSkeleton } from "./StatusSkeleton";
import { SummaryCard } from "./SummaryCard";
import { marketsOf } from "./use-quality";

const ASK_EVERY_MS = 5_000;

/** `knownMs` is when the last answer came, by the browser's clock. */
function away(error: Error, knownMs: number): Finding {
  const sentence = text.status.away(
    errorSentence(error),
    times.clock(knownMs),
    times.zone(knownMs),
  );
  return { severity: "trouble", sentence };
}

/** How each part of the platform is; what was last known stays while nobody answers. */
export function StatusPage() {
  const { data: status, error, refetch, dataUpdatedAt } = usePlatformStatus(ASK_EVERY_MS);
  const retry = () => void refetch();
  if (!status) {
    if (!error) return <StatusSkeleton />;
    return (
      <div className="relative h-64">
        <ErrorNotice title={text.status.failed} error={error} onRetry={retry} />
      </div>
    );
  }
  const zone = times.zone(status.feed.eventTimeMs);
  return (
    <div className="grid grid-cols-1 gap-3">
      <div className="grid grid-cols-1 gap-3 md:grid-cols-2">
        <SummaryCard
          findings={
            error ? [away(error, dataUpdatedAt), ...findingsOf(status)] : findingsOf(status)
          }
          onRetry={error ? retry : null}
        />
        <FeedCard feed={status.feed} />
      </div>
      <ServicesCard services={status.services} />
      <SeriesCard series={status.series} zone={zone} />
      <QualityCard symbols={marketsOf(status)} />
      <ModelsCard models={status.models} zone={zone} />
      <JobsCard jobs={status.jobs} zone={zone} />
    </div>
  );
}
