import type { PlatformStatus } from "@/shared/api/status-api";
import { numbers } from "@/shared/format/numbers";
import { times } from "@/shared/format/times";
import { shortModelId } from "@/shared/status/short-model-id";
import { text } from "@/shared/text";
import { Card } from "@/shared/ui/Card";
import { seriesName } from "./judge-status";
import { StateWord } from "./StateWord";
import { StatusTable } from "./StatusTable";
import { Zone } from "./Zone";

type Model = NonNullable<PlatformStatus["models"]>[number];

const say = text.status.models;

function Serves({ model }: { readonly model: Model }) {
  const { modelId, abstainsFor } = model;
  if (abstainsFor !== null || modelId === null) {
    return <StateWord tone="idle">{say.rulesOnly(abstainsFor ?? "no_model")}</StateWord>;
  }
  return (
    <span title={modelId}>
      <StateWord tone={model.degraded ? "notice" : "good"}>
        {say.model(shortModelId(modelId))}
      </StateWord>
    </span>
  );
}

function skillOf({ skill, skillInterval }: Model): string {
  if (skill === null) return text.none;
  const [low, high] = skillInterval ?? [];
  const percent = (part: number) => numbers.percent(100 * part);
  if (low === undefined || high === undefined) return percent(skill);
  return say.interval(percent(skill), percent(low), percent(high));
}

function stateOf({ modelId, degraded, degradedReason }: Model): string {
  if (modelId === null) return text.none;
  return degraded ? say.degraded(degradedReason) : say.fine;
}

interface ModelsCardProps {
  /** Null while nobody tells of them. */
  readonly models: readonly Model[] | null;
  /** Of the times that are shown. */
  readonly zone: string;
}

/** For each series, the model that serves and whether it still deserves to. */
export function ModelsCard({ models, zone }: ModelsCardProps) {
  return (
    <Card title={say.title} aside={<Zone zone={zone} />}>
      {models === null ? (
        <p className="text-muted">{say.away}</p>
      ) : (
        <StatusTable
          caption={say.caption(zone)}
          rows={models}
          keyOf={seriesName}
          columns={[
            { name: say.series, cell: seriesName },
            { name: say.serves, cell: (model) => <Serves model={model} /> },
            {
              name: say.trained,
              cell: ({ trainedAtMs }) =>
                trainedAtMs === null ? text.none : times.moment(trainedAtMs),
            },
            { name: say.skill, cell: skillOf },
            {
              name: say.live,
              cell: ({ live }) =>
                live ? say.liveVerdict(live.verdict, numbers.whole(live.scored)) : text.none,
            },
            {
              name: say.drift,
              cell: ({ drift }) => (drift ? say.driftOf(drift.extent, drift.isUnusual) : text.none),
            },
            { name: say.state, cell: stateOf },
          ]}
        />
      )}
    </Card>
  );
}
