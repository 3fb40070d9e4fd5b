import type { PlatformStatus } from "@/shared/api/status-api";
import { duration } from "@/shared/format/durations";
import { times } from "@/shared/format/times";
import { text } from "@/shared/text";
import { Card } from "@/shared/ui/Card";
import { StateWord, type Tone } from "./StateWord";
import { StatusTable } from "./StatusTable";
import { Zone } from "./Zone";

type Job = NonNullable<PlatformStatus["jobs"]>[number];

const TONES: Readonly<Record<string, Tone>> = { ok: "good", failed: "bad" };

const say = text.status.jobs;

function Result({ running, lastState, lastError }: Job) {
  if (running) return <StateWord tone="good">{say.running}</StateWord>;
  if (lastState === null) return <StateWord tone="idle">{say.neverRan}</StateWord>;
  return (
    <StateWord tone={TONES[lastState] ?? "idle"}>{say.resultOf(lastState, lastError)}</StateWord>
  );
}

interface JobsCardProps {
  /** Null while nobody tells of them. */
  readonly jobs: readonly Job[] | null;
  /** Of the times that are shown. */
  readonly zone: string;
}

/** What the platform does by the clock: what it is good for, how it went and when it is due. */
export function JobsCard({ jobs, zone }: JobsCardProps) {
  return (
    <Card title={say.title} aside={<Zone zone={zone} />}>
      {jobs === null ? (
        <p className="text-muted">{say.away}</p>
      ) : (
        <StatusTable
          caption={say.caption(zone)}
          rows={jobs}
          keyOf={({ name }) => name}
          columns={[
            {
              name: say.job,
              cell: ({ name, purpose }) => (
                <>
                  {name}
                  <span className="block min-w-48 text-axis font-normal whitespace-normal text-muted">
                    {purpose}
                  </span>
                </>
              ),
            },
            { name: say.result, cell: Result },
            {
              name: say.next,
              cell: ({ nextRunMs }) => (nextRunMs === null ? say.noNext : times.moment(nextRunMs)),
            },
            {
              name: say.last,
              cell: ({ lastRunMs }) => (lastRunMs === null ? text.none : times.moment(lastRunMs)),
            },
            {
              name: say.took,
              isFigure: true,
              cell: ({ lastDurationMs }) =>
                lastDurationMs === null ? text.none : duration(lastDurationMs),
            },
            { name: say.schedule, cell: ({ schedule }) => schedule },
          ]}
        />
      )}
    </Card>
  );
}
