import { useQuery } from "@tanstack/react-query";
import { useApis } from "@/shared/api/apis";
import { numbers } from "@/shared/format/numbers";
import { times } from "@/shared/format/times";
import { barTime } from "@/shared/market/bar-time";
import type { Bar } from "@/shared/market/bar";
import { barMs } from "@/shared/market/timeframe";
import { FigureTable } from "@/shared/plot/FigureTable";
import { outcomeOf } from "@/shared/signals/outcome";
import type { TradeSignal } from "@/shared/signals/signal";
import { text } from "@/shared/text";
import { Card } from "@/shared/ui/Card";
import { ErrorNotice } from "@/shared/ui/ErrorNotice";
import { Notice } from "@/shared/ui/Notice";
import { Skeleton } from "@/shared/ui/Skeleton";
import { CandleDrawing } from "./CandleDrawing";
import { drawPicture, lifeOf, pictured } from "./picture";

const words = text.signalPage.picture;

/** As many candles as the platform gives at once. */
const LIMIT = 5_000;

function useBars(signal: TradeSignal) {
  const { id, symbol, timeframe } = signal;
  const api = useApis().market;
  const { fromMs, untilMs } = pictured(signal);
  return useQuery({
    queryKey: ["signal", id, "candles", untilMs],
    queryFn: ({ signal: abort }) => {
      const range = { symbol, timeframe, sinceMs: fromMs, untilMs, limit: LIMIT };
      return api.candles(range, abort);
    },
    placeholderData: (before) => before,
  });
}

/** The candles around the signal, and what became of its levels. */
export function SignalPicture({ signal }: { readonly signal: TradeSignal }) {
  const { data: bars, error, refetch } = useBars(signal);
  const isDrawn = bars !== undefined && bars.length > 0;
  return (
    <Card title={words.title} testId="picture">
      {isDrawn && <Drawn signal={signal} bars={bars} />}
      {!isDrawn && (
        <div className="relative h-80">
          {!bars && !error && <Skeleton height={320} />}
          {bars && <Notice title={words.empty} detail={words.emptyDetail} />}
          {!bars && error && (
            <ErrorNotice title={words.failed} error={error} onRetry={() => void refetch()} />
          )}
        </div>
      )}
    </Card>
  );
}

interface DrawnProps {
  readonly signal: TradeSignal;
  readonly bars: readonly Bar[];
}

function Drawn({ signal, bars }: DrawnProps) {
  const picture = drawPicture({ signal, bars, outcome: outcomeOf(signal) });
  const isRunning = lifeOf(signal).untilMs === null;
  return (
    <>
      <CandleDrawing picture={picture} stretch={pictured(signal)} timeframe={signal.timeframe} />
      <p className="mt-2 text-axis text-muted">
        {words.legend} {signal.levels && (isRunning ? words.running : words.ended)}
      </p>
      <details className="mt-2">
        <summary className="inline-grid min-h-11 cursor-pointer items-center font-medium text-accent md:min-h-8">
          {words.asTable}
        </summary>
        <BarFigures signal={signal} bars={bars} />
      </details>
    </>
  );
}

/** Newest first, as the chart's own table is. */
function BarFigures({ signal: { symbol, timeframe, openMs }, bars }: DrawnProps) {
  const { time, open, high, low, close, volume } = words.columns;
  const zone = times.zone(openMs);
  const rows = bars.toReversed().map((bar) => ({
    key: String(bar.openMs),
    cells: [
      words.barOf(barTime(bar.openMs, timeframe), bar.openMs === openMs),
      ...[bar.open, bar.high, bar.low, bar.close].map(numbers.price),
      numbers.compact(bar.volume),
    ],
  }));
  return (
    <FigureTable
      caption={words.caption(symbol, timeframe, barMs(timeframe) < barMs("1d") ? zone : "UTC")}
      columns={[time, open, high, low, close, volume]}
      rows={rows}
    />
  );
}
