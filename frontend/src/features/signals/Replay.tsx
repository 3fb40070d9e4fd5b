import { useMutation } from "@tanstack/react-query";
import { announce } from "@/shared/announce/announce";
import { ApiError } from "@/shared/api/api-error";
import { useApis } from "@/shared/api/apis";
import { errorSentence } from "@/shared/api/error-sentence";
import type { Replayed } from "@/shared/api/signals-api";
import { numbers } from "@/shared/format/numbers";
import { FigureTable } from "@/shared/plot/FigureTable";
import { numberOf, textOf } from "@/shared/signals/signal";
import { text } from "@/shared/text";
import { Button } from "@/shared/ui/Button";
import { Card } from "@/shared/ui/Card";
import { fieldsOf } from "./json-fields";

const words = text.signalPage.replay;

/** Decides the signal again, on demand, and tells whether anything came out differently. */
export function Replay({ id }: { readonly id: string }) {
  const api = useApis().signals;
  const replay = useMutation({
    mutationFn: () => api.replay(id),
    onSuccess: (replayed) => announce(verdictOf(replayed)),
    onError: () => announce(words.failed),
  });
  return (
    <Card title={words.title} testId="replay">
      <p className="mb-3 max-w-prose text-muted">{words.detail}</p>
      <div className="flex flex-wrap items-center gap-3">
        <Button onClick={() => replay.mutate()}>
          {replay.isPending ? words.running : words.run}
        </Button>
        {replay.data && <Verdict replayed={replay.data} />}
        {replay.error && <Failure error={replay.error} />}
      </div>
      {replay.data && !replay.data.equal && <Differences replayed={replay.data} />}
    </Card>
  );
}

function verdictOf({ equal, differences }: Replayed): string {
  return equal ? words.equal : words.different(differences.length);
}

function Verdict({ replayed }: { readonly replayed: Replayed }) {
  const { equal, recomputed } = replayed;
  const count = numberOf(fieldsOf(recomputed["candles"])["count"]);
  const engine = textOf(recomputed["engineVersion"]);
  return (
    <p>
      <span className={`font-semibold ${equal ? "text-up" : "text-down"}`}>
        <span aria-hidden="true">{equal ? "✓ " : "≠ "}</span>
        {verdictOf(replayed)}
      </span>
      {count !== null && engine !== null && (
        <span className="text-muted"> {words.computed(numbers.whole(count), engine)}</span>
      )}
    </p>
  );
}

function Failure({ error }: { readonly error: Error }) {
  const requestId = error instanceof ApiError ? error.requestId : null;
  return (
    <p>
      <span className="font-semibold">{words.failed}.</span> {errorSentence(error)}{" "}
      {requestId && <code className="text-axis text-muted">{text.error.requestId(requestId)}</code>}
    </p>
  );
}

function Differences({ replayed: { differences } }: { readonly replayed: Replayed }) {
  const { field, stored, recomputed } = words.columns;
  const rows = differences.map((one) => ({
    key: one.field,
    cells: [one.field, JSON.stringify(one.stored), JSON.stringify(one.recomputed)],
  }));
  return (
    <div className="mt-3">
      <FigureTable
        caption={words.different(differences.length)}
        columns={[field, stored, recomputed]}
        rows={rows}
      />
    </div>
  );
}
