import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link } from "wouter";
import { useApis } from "@/shared/api/apis";
import { numbers } from "@/shared/format/numbers";
import { momentInZone } from "@/shared/format/times";
import { textOf, type FrozenSignal } from "@/shared/signals/signal";
import { text } from "@/shared/text";
import { Card } from "@/shared/ui/Card";
import { useHref } from "@/shared/view/use-view";
import { fieldsOf } from "./json-fields";
import { lifeOf } from "./picture";

const words = text.signalPage.page;

/** When, by which engine, model and map it was decided, and on which feed. */
export function Facts({ signal }: { readonly signal: FrozenSignal }) {
  const { id, details } = signal;
  const { untilMs } = lifeOf(signal);
  return (
    <Card title={words.facts}>
      <dl className="grid gap-x-6 gap-y-1 sm:grid-cols-2">
        <Fact name={words.fact.decided}>{momentInZone(details.decidedAtMs)}</Fact>
        <Fact name={words.fact.left}>{untilMs === null ? text.none : momentInZone(untilMs)}</Fact>
        <Fact name={words.fact.status}>{text.signal.status(signal.status)}</Fact>
        <Fact name={words.fact.origin}>{text.signal.origin(signal.origin)}</Fact>
        <Fact name={words.fact.engine}>{details.engineVersion}</Fact>
        <Fact name={words.fact.model}>{details.modelId ?? words.noModel}</Fact>
        <Fact name={words.fact.map}>
          {details.confidenceMapId === null ? words.noMap : <Map id={details.confidenceMapId} />}
        </Fact>
        <Fact name={words.fact.feed}>{feedOf(details)}</Fact>
        {details.continues !== null && (
          <Fact name={words.fact.continues}>
            <SignalLink id={details.continues} />
          </Fact>
        )}
        <Fact name={words.fact.id}>
          <Code>{id}</Code>
        </Fact>
      </dl>
    </Card>
  );
}

interface FactProps {
  readonly name: string;
  readonly children: ReactNode;
}

function Fact({ name, children }: FactProps) {
  return (
    <div className="flex min-h-6 gap-3">
      <dt className="w-24 shrink-0 text-muted">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}

function feedOf({ inputs }: FrozenSignal["details"]): string {
  const { source } = fieldsOf(inputs["feed"]);
  return textOf(source) ?? text.none;
}

function SignalLink({ id }: { readonly id: string }) {
  return (
    <Link href={useHref(`/signals/${id}`)} className="text-accent hover:underline">
      {words.another}
    </Link>
  );
}

/** What the chance was measured on; the id alone where that cannot be read. */
function Map({ id }: { readonly id: string }) {
  const api = useApis().signals;
  const { data } = useQuery({
    queryKey: ["confidence-map", id],
    queryFn: ({ signal }) => api.confidenceMap(id, signal),
  });
  return (
    <>
      {data && words.mapSaid(numbers.whole(data.outcomes), momentInZone(data.fittedUntilMs))}
      <Code>{id}</Code>
    </>
  );
}

function Code({ children }: { readonly children: string }) {
  return <code className="block text-axis break-all text-muted">{children}</code>;
}
