import { sameBar, type Bar } from "@/shared/market/bar";
import { barMs, type Timeframe } from "@/shared/market/timeframe";

/** The closed bars of one market and timeframe, ascending by open time, each once. */
export interface BarSeries {
  readonly timeframe: Timeframe;
  readonly bars: readonly Bar[];
  /**
   * Where the unbroken run of bars ends (the open time of the first one that is not there), event
   * time; null while the series is empty. Bars beyond it stand behind a hole.
   */
  readonly completeUntilMs: number | null;
}

export function emptySeries(timeframe: Timeframe): BarSeries {
  return { timeframe, bars: [], completeUntilMs: null };
}

/** The index of the first bar that opens at `openMs` or later. */
export function indexAt(bars: readonly Bar[], openMs: number): number {
  let low = 0;
  let high = bars.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((bars[middle]?.openMs ?? Infinity) < openMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isAfterAll(bars: readonly Bar[], bar: Bar): boolean {
  const last = bars.at(-1);
  return !last || last.openMs < bar.openMs;
}

/** Both, by open time; where both have a bar, the newer reading wins. Unchanged bars stay the same objects. */
function mergeBars(known: readonly Bar[], read: readonly Bar[]): readonly Bar[] {
  const byOpen = new Map(known.map((bar) => [bar.openMs, bar]));
  const news = read.filter((bar) => {
    const before = byOpen.get(bar.openMs);
    return !before || !sameBar(before, bar);
  });
  if (news.length === 0) return known;
  for (const bar of news) byOpen.set(bar.openMs, bar);
  return [...byOpen.values()].sort((a, b) => a.openMs - b.openMs);
}

function runEnd(bars: readonly Bar[], timeframe: Timeframe, startMs: number): number {
  let endMs = startMs;
  for (let index = indexAt(bars, startMs); bars[index]?.openMs === endMs; index += 1) {
    endMs += barMs(timeframe);
  }
  return endMs;
}

function completed(
  timeframe: Timeframe,
  bars: readonly Bar[],
  knownUntilMs: number | null,
): BarSeries {
  const startMs = knownUntilMs ?? bars[0]?.openMs ?? null;
  const completeUntilMs = startMs === null ? null : runEnd(bars, timeframe, startMs);
  return { timeframe, bars, completeUntilMs };
}

/** With bars that were read or pushed, wherever they belong. */
export function withBars(series: BarSeries, read: readonly Bar[]): BarSeries {
  const { timeframe, bars, completeUntilMs } = series;
  const [only, ...more] = read;
  const isNext = only !== undefined && more.length === 0 && isAfterAll(bars, only);
  const merged = isNext ? [...bars, only] : mergeBars(bars, read);
  return merged === bars ? series : completed(timeframe, merged, completeUntilMs);
}

/** The newest bars alone, as if no older ones had been read. */
export function newestOf(series: BarSeries, count: number): BarSeries {
  const bars = series.bars.slice(-count);
  const firstMs = bars[0]?.openMs ?? -Infinity;
  const isWhole = series.completeUntilMs !== null && series.completeUntilMs > firstMs;
  return completed(series.timeframe, bars, isWhole ? series.completeUntilMs : null);
}

/** Whether bars are missing between the unbroken run and a bar that opened later. */
export function hasHoleBefore(series: BarSeries, bar: Bar): boolean {
  return series.completeUntilMs !== null && bar.openMs > series.completeUntilMs;
}

/** Accepts the first hole as an outage of the exchange: the run goes on behind it. */
export function acceptHole(series: BarSeries): BarSeries {
  const { timeframe, bars, completeUntilMs } = series;
  if (completeUntilMs === null) return series;
  const next = bars[indexAt(bars, completeUntilMs)];
  return next ? completed(timeframe, bars, next.openMs) : series;
}

/** What is drawn: the closed bars and, unless it is older than they are, the open one. */
export function drawnBars(series: BarSeries, open: Bar | null): readonly Bar[] {
  return open && isAfterAll(series.bars, open) ? [...series.bars, open] : series.bars;
}
