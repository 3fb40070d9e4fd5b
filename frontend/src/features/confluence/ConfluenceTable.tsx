import { text } from "@/shared/text";
import { useView } from "@/shared/view/use-view";
import { TimeframeHead } from "./TimeframeHead";
import type { LatestDecision } from "./use-latest-decisions";
import { useEngineWeights } from "./use-engine-weights";
import { VoiceCell } from "./VoiceCell";
import { FAMILIES, voiceOf } from "./voices";

/** A row a family, a column a timeframe. */
export function ConfluenceTable({ decisions }: { readonly decisions: readonly LatestDecision[] }) {
  const words = text.confluence;
  const [{ symbol, timeframe: shown }, changeView] = useView();
  const made = decisions.map(({ decision }) => decision).filter((decision) => !!decision);
  const weights = useEngineWeights(symbol, shown, made);
  return (
    <>
      <div className="relative overflow-x-auto">
        <table className="w-full min-w-99 md:min-w-72 table-fixed border-separate border-spacing-0.5 text-center">
          <caption className="sr-only">{words.caption}</caption>
          <thead>
            <tr>
              <td className="sticky left-0 w-18 bg-surface" />
              {decisions.map((latest) => (
                <TimeframeHead
                  key={latest.timeframe}
                  latest={latest}
                  isShown={latest.timeframe === shown}
                  onChoose={() => changeView({ timeframe: latest.timeframe })}
                />
              ))}
            </tr>
          </thead>
          <tbody>
            {FAMILIES.map((family) => (
              <tr key={family}>
                <th
                  scope="row"
                  className="sticky left-0 bg-surface text-left text-axis font-normal text-muted"
                >
                  {text.signal.family(family)}
                </th>
                {decisions.map(({ timeframe, decision }) => (
                  <VoiceCell
                    key={timeframe}
                    voice={
                      decision
                        ? voiceOf(decision, family, weights.get(decision.raw.engineVersion) ?? null)
                        : null
                    }
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="mt-2 text-caps text-muted">{words.legend}</p>
    </>
  );
}
