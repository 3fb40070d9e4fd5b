import type { ReactNode } from "react";
import type { PlatformStatus } from "@/shared/api/status-api";
import { duration } from "@/shared/format/durations";
import { numbers } from "@/shared/format/numbers";
import { momentInZone } from "@/shared/format/times";
import { text } from "@/shared/text";
import { Card } from "@/shared/ui/Card";
import { StateWord, type Tone } from "./StateWord";

const TONES: Readonly<Record<string, Tone>> = {
  live: "good",
  delayed: "notice",
  stale: "bad",
  offline: "bad",
};

const SHOWN_FAULTS = 5;

const say = text.status.feed;

/** Where prices come from, how old the last one is and what time it is there. */
export function FeedCard({ feed }: { readonly feed: PlatformStatus["feed"] }) {
  const { state, kind, source, ageMs, eventTimeMs, speed, faults } = feed;
  return (
    <Card title={say.title}>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
        <Fact name={say.state}>
          <StateWord tone={TONES[state] ?? "idle"}>{say.stateOf(state)}</StateWord>
        </Fact>
        <Fact name={say.kind}>{say.kindOf(kind)}</Fact>
        <Fact name={say.source}>{source}</Fact>
        <Fact name={say.age}>{ageMs === null ? say.never : say.ago(duration(ageMs))}</Fact>
        <Fact name={say.clock}>{momentInZone(eventTimeMs)}</Fact>
        <Fact name={say.speed}>{say.times(numbers.whole(speed))}</Fact>
        <Fact name={say.faults}>
          <Faults faults={faults} />
        </Fact>
      </dl>
    </Card>
  );
}

/** What the exchange did wrong, and the feed survived: the latest kinds. */
function Faults({ faults }: Pick<PlatformStatus["feed"], "faults">) {
  if (!faults) return say.unknownFaults;
  if (!faults.length) return say.noFaults;
  const older = faults.length - SHOWN_FAULTS;
  return (
    <ul>
      {faults.slice(0, SHOWN_FAULTS).map(({ kind, count, agoMs }) => (
        <li key={kind}>{say.fault(kind, numbers.whole(count), duration(agoMs))}</li>
      ))}
      {older > 0 && <li className="text-muted">{say.olderFaults(numbers.whole(older))}</li>}
    </ul>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="truncate">{children}</dd>
    </>
  );
}
