import { numbers } from "@/shared/format/numbers";
import { text } from "@/shared/text";
import type { Contributions } from "./model-contributions";

/** In log-odds, apart from the points: the two units never stand in one table. */
export function ContributionTable({ contributions }: { readonly contributions: Contributions }) {
  const words = text.modelExplanation;
  const { direction, features, bias, rest, margin } = contributions;
  return (
    <div className="rounded-sm border border-line px-2 py-1 text-axis">
      <table className="w-full">
        <caption className="text-left text-muted">{words.caption(direction)}</caption>
        <thead className="sr-only">
          <tr>
            <th scope="col">{words.columns.feature}</th>
            <th scope="col">{words.columns.logOdds}</th>
          </tr>
        </thead>
        <tbody>
          {features.map(({ name, logOdds }) => (
            <ContributionRow key={name} name={name} logOdds={logOdds} />
          ))}
          <ContributionRow name={words.rest} logOdds={rest} />
          <ContributionRow name={words.bias} logOdds={bias} />
          <ContributionRow name={words.sum} logOdds={margin} isSum />
        </tbody>
      </table>
      <p className="text-muted">{words.otherUnit}</p>
    </div>
  );
}

interface ContributionRowProps {
  readonly name: string;
  readonly logOdds: number;
  readonly isSum?: boolean;
}

function ContributionRow({ name, logOdds, isSum = false }: ContributionRowProps) {
  return (
    <tr className={isSum ? "border-t border-line font-semibold" : ""}>
      <th scope="row" className={`text-left ${isSum ? "" : "font-normal"}`}>
        {name}
      </th>
      <td className="text-right">{numbers.points(logOdds)}</td>
    </tr>
  );
}
