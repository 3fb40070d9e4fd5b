import type { PlatformStatus } from "@/shared/api/status-api";
import { duration } from "@/shared/format/durations";
import { text } from "@/shared/text";
import { Card } from "@/shared/ui/Card";
import { StateWord, type Tone } from "./StateWord";
import { StatusTable } from "./StatusTable";

type Service = PlatformStatus["services"][number];

const TONES: Readonly<Record<string, Tone>> = {
  ready: "good",
  not_ready: "notice",
  unreachable: "bad",
};

const say = text.status.services;

function needs({ checks }: Service): string {
  const said = Object.entries(checks).map(([name, found]) => say.checked(name, found));
  return said.length > 0 ? said.join("  ") : text.none;
}

/** Each program of the platform: whether it is ready, and what it waits for if not. */
export function ServicesCard({ services }: { readonly services: readonly Service[] }) {
  return (
    <Card title={say.title}>
      <StatusTable
        caption={say.caption}
        rows={services}
        keyOf={({ name }) => name}
        columns={[
          { name: say.service, cell: ({ name }) => name },
          {
            name: say.state,
            cell: ({ state }) => (
              <StateWord tone={TONES[state] ?? "idle"}>{say.stateOf(state)}</StateWord>
            ),
          },
          { name: say.checks, cell: needs },
          {
            name: say.latency,
            isFigure: true,
            cell: ({ latencyMs }) => (latencyMs === null ? text.none : duration(latencyMs)),
          },
          { name: say.version, isFigure: true, cell: ({ version }) => version ?? text.none },
        ]}
      />
    </Card>
  );
}
