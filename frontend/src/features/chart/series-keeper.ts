import type { QueryClient } from "@tanstack/react-query";
import type { MarketApi } from "@/shared/api/market-api";
import type { Bar } from "@/shared/market/bar";
import type { MarketSymbol } from "@/shared/market/symbol";
import type { Timeframe } from "@/shared/market/timeframe";
import {
  acceptHole,
  emptySeries,
  hasHoleBefore,
  newestOf,
  withBars,
  type BarSeries,
} from "./bar-series";

/** What a first view needs; more comes by scrolling back. */
export const FIRST_PAGE = 500;
export const OLDER_PAGE = 1_000;
/** The most that the platform answers at once. */
export const LONGEST_PAGE = 5_000;
/** A tab that stays open lets the oldest bars go, down to so many, before there are twice as many. */
export const KEPT_BARS = 1_000;

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
/** The platform heals itself within seconds: what it lacks after two minutes, the exchange lacks. */
const TRIES_BEFORE_OUTAGE = 8;
/** While the platform still backfills, history that ends here now may reach further later. */
const OLDER_PAUSE_MS = 15_000;

export interface KeeperOutside {
  readonly client: QueryClient;
  readonly api: Pick<MarketApi, "candles">;
  /** A wall clock for pauses between requests; candles never meet it. */
  readonly nowMs: () => number;
}

/** Keeps one market's and timeframe's closed bars in the query cache whole and current. */
export class SeriesKeeper {
  readonly queryKey: readonly ["candles", MarketSymbol, Timeframe];
  readonly #outside: KeeperOutside;
  readonly #market: { readonly symbol: MarketSymbol; readonly timeframe: Timeframe };
  #healing: Promise<void> | null = null;
  #isHealWanted = false;
  #failedHeals = 0;
  /** Healings in a row that were answered and left the hole open. */
  #fruitlessHeals = 0;
  #healNotBeforeMs = -Infinity;
  #isReadingOlder = false;
  /** Whoever scrolled back keeps all that was read. */
  #hasReadOlder = false;
  #olderNotBeforeMs = -Infinity;

  constructor(outside: KeeperOutside, symbol: MarketSymbol, timeframe: Timeframe) {
    this.#outside = outside;
    this.#market = { symbol, timeframe };
    this.queryKey = ["candles", symbol, timeframe];
  }

  /** The series as it is first seen. Rejects with ApiError. */
  async readNewest(signal?: AbortSignal): Promise<BarSeries> {
    const page = await this.#outside.api.candles({ ...this.#market, limit: FIRST_PAGE }, signal);
    return withBars(emptySeries(this.#market.timeframe), page);
  }

  /** Takes bars in as they close; a hole among or before them is healed. */
  takeClosed(bars: readonly Bar[]): void {
    this.#change((series) => this.#bounded(withBars(series, bars)));
    const last = bars.at(-1);
    if (last) this.noticeHole(last);
  }

  /** Heals if bars are missing before this one, at a pace that a struggling platform can bear. */
  noticeHole(bar: Bar): void {
    const series = this.#series();
    if (!series || !hasHoleBefore(series, bar)) return;
    if (!this.#healing && this.#outside.nowMs() >= this.#healNotBeforeMs) void this.heal();
  }

  /**
   * Reads what may have been missed and merges it. Never rejects: a hole that stays is tried again
   * as bars arrive that show it. Asked for during a healing, another one follows.
   */
  async heal(): Promise<void> {
    this.#isHealWanted = true;
    this.#healing ??= this.#healWhileWanted().finally(() => {
      this.#healing = null;
    });
    await this.#healing;
  }

  /** Whether it is worth asking for bars before the first one now. */
  get wantsOlder(): boolean {
    const isRested = this.#outside.nowMs() >= this.#olderNotBeforeMs;
    return isRested && !this.#isReadingOlder && (this.#series()?.bars.length ?? 0) > 0;
  }

  /** Reads up to so many bars before the first one and answers how many came. Rejects with ApiError. */
  async readOlder(count: number): Promise<number> {
    const first = this.#series()?.bars[0];
    if (!first) return 0;
    this.#isReadingOlder = true;
    this.#hasReadOlder = true;
    this.#olderNotBeforeMs = this.#outside.nowMs() + OLDER_PAUSE_MS;
    try {
      const range = { ...this.#market, limit: count, untilMs: first.openMs };
      const older = await this.#outside.api.candles(range);
      this.#change((series) => withBars(series, older));
      if (older.length > 0) this.#olderNotBeforeMs = -Infinity;
      return older.length;
    } finally {
      this.#isReadingOlder = false;
    }
  }

  async #healWhileWanted(): Promise<void> {
    while (this.#isHealWanted) {
      this.#isHealWanted = false;
      await this.#healOnce();
      const doublings = this.#failedHeals + this.#fruitlessHeals;
      const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** doublings, LONGEST_PAUSE_MS);
      this.#healNotBeforeMs = this.#outside.nowMs() + pauseMs;
    }
  }

  async #healOnce(): Promise<void> {
    try {
      const isWhole = await this.#readMissing();
      this.#failedHeals = 0;
      this.#fruitlessHeals = isWhole ? 0 : this.#fruitlessHeals + 1;
    } catch {
      this.#failedHeals += 1;
    }
  }

  /** Whether the series is whole afterwards, as far as the platform's answer goes. */
  async #readMissing(): Promise<boolean> {
    let sinceMs = this.#series()?.completeUntilMs ?? null;
    if (sinceMs === null) return this.#readFirstAgain();
    let page: readonly Bar[];
    do {
      page = await this.#outside.api.candles({ ...this.#market, limit: LONGEST_PAGE, sinceMs });
      this.#change((series) => withBars(series, page));
      sinceMs = (page.at(-1)?.openMs ?? sinceMs) + 1;
    } while (page.length === LONGEST_PAGE);
    return this.#judgeHole();
  }

  #judgeHole(): boolean {
    const series = this.#series();
    const last = series?.bars.at(-1);
    if (!series || !last || !hasHoleBefore(series, last)) return true;
    if (this.#fruitlessHeals < TRIES_BEFORE_OUTAGE) return false;
    this.#change(acceptHole);
    return true;
  }

  async #readFirstAgain(): Promise<boolean> {
    await this.#outside.client.refetchQueries({
      queryKey: this.queryKey,
      type: "active",
      predicate: ({ state }) => state.status === "error",
    });
    return true;
  }

  #bounded(series: BarSeries): BarSeries {
    const isTooLong = series.bars.length >= 2 * KEPT_BARS && !this.#hasReadOlder;
    return isTooLong ? newestOf(series, KEPT_BARS) : series;
  }

  #series(): BarSeries | undefined {
    return this.#outside.client.getQueryData<BarSeries>(this.queryKey);
  }

  #change(change: (series: BarSeries) => BarSeries): void {
    this.#outside.client.setQueryData<BarSeries>(
      this.queryKey,
      (series) => series && change(series),
    );
  }
}
