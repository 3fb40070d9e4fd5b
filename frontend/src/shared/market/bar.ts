/** One candle. Times are event time: a replay's bars open in the year they were recorded. */
export interface Bar {
  readonly openMs: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  /** In the base asset. */
  readonly volume: number;
}

export function sameBar(a: Bar, b: Bar): boolean {
  return (
    a.openMs === b.openMs &&
    a.open === b.open &&
    a.high === b.high &&
    a.low === b.low &&
    a.close === b.close &&
    a.volume === b.volume
  );
}
