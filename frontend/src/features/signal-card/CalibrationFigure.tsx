import { numbers } from "@/shared/format/numbers";
import { ReliabilityPlot } from "@/shared/plot/ReliabilityPlot";
import { reliabilityBins, type ConfidenceBin } from "@/shared/plot/reliability-bins";
import { useWidth } from "@/shared/plot/use-width";
import { text } from "@/shared/text";

const PLOT_HEIGHT = 190;

/** What was said against what came, drawn, and as a table. */
export function CalibrationFigure({ bins }: { readonly bins: readonly ConfidenceBin[] }) {
  const words = text.signalCard.calibration;
  const [measured, width] = useWidth();
  const drawn = reliabilityBins(bins);
  if (bins.length === 0) return null;
  return (
    <>
      {drawn.length > 0 && (
        <div ref={measured} className="mt-2" style={{ height: PLOT_HEIGHT }}>
          {width > 0 && (
            <ReliabilityPlot bins={drawn} label={words.label} width={width} height={PLOT_HEIGHT} />
          )}
        </div>
      )}
      <details className="text-axis">
        <summary className="min-h-11 cursor-pointer content-center text-muted md:min-h-6">
          {words.asTable}
        </summary>
        <BinTable bins={bins} />
      </details>
    </>
  );
}

function BinTable({ bins }: { readonly bins: readonly ConfidenceBin[] }) {
  const words = text.signalCard.calibration;
  return (
    <table className="w-full text-right">
      <caption className="sr-only">{words.label}</caption>
      <thead>
        <tr className="text-muted">
          <th scope="col" className="text-left font-normal">
            {words.columns.said}
          </th>
          <th scope="col" className="font-normal">
            {words.columns.came}
          </th>
          <th scope="col" className="font-normal">
            {words.columns.outcomes}
          </th>
        </tr>
      </thead>
      <tbody>
        {bins.map(({ fromPercent, meanConfidence, hitRate, n }) => (
          <tr key={fromPercent} className="border-t border-line">
            <th scope="row" className="text-left font-normal">
              {numbers.chance(meanConfidence)}
            </th>
            <td>
              {hitRate === null ? text.signalCard.track.tooFew : numbers.chance(100 * hitRate)}
            </td>
            <td>{numbers.whole(n)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
