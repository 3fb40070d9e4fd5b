import { numbers } from "@/shared/format/numbers";
import { AsTable } from "@/shared/plot/AsTable";
import { FigureTable } from "@/shared/plot/FigureTable";
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
      <AsTable>
        {() => (
          <FigureTable
            caption={words.label}
            columns={Object.values(words.columns)}
            rows={bins.map((bin) => ({ key: String(bin.fromPercent), cells: cellsOf(bin) }))}
          />
        )}
      </AsTable>
    </>
  );
}

function cellsOf({ meanConfidence, hitRate, n }: ConfidenceBin): readonly string[] {
  const came = hitRate === null ? text.signalCard.track.tooFew : numbers.chance(100 * hitRate);
  return [numbers.chance(meanConfidence), came, numbers.whole(n)];
}
