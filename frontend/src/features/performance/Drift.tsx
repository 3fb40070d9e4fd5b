import type { Schema } from "@/shared/api/contract";
import { numbers } from "@/shared/format/numbers";
import { FigureTable } from "@/shared/plot/FigureTable";
import { text } from "@/shared/text";

const words = text.performance.model.drift;
const FEATURES_SHOWN = 5;

/** How far what the model sees now is from what it was trained on. */
export function Drift({ drift }: { readonly drift: Schema<"DriftAnswer"> | null }) {
  return (
    <section aria-label={words.title} className="border-t border-line py-3">
      <h3 className="font-semibold">{words.title}</h3>
      {drift ? <Drifted drift={drift} /> : <p>{words.none}</p>}
    </section>
  );
}

function Drifted({ drift }: { readonly drift: Schema<"DriftAnswer"> }) {
  const { extent, is_unusual, bars, features } = drift;
  const important = features.toSorted((a, b) => b.importance - a.importance);
  return (
    <>
      <p>
        <span className={is_unusual ? "font-medium text-warn" : "font-medium"}>
          {words.extent(extent)}
        </span>
        , {is_unusual ? words.unusual : words.usual}, {words.bars(numbers.whole(bars))}.
      </p>
      <p className="mb-2 text-muted">{words.explained}</p>
      <FigureTable
        caption={words.title}
        columns={Object.values(words.columns)}
        rows={important.slice(0, FEATURES_SHOWN).map(({ name, psi, usual_psi, extent: moved }) => ({
          key: name,
          cells: [
            name,
            numbers.ratio(psi),
            usual_psi === null ? text.none : numbers.ratio(usual_psi),
            words.extent(moved),
          ],
        }))}
      />
    </>
  );
}
