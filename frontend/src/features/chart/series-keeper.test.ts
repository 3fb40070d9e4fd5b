import { QueryClient } from "@tanstack/react-query";
import { beforeEach, describe, expect, test } from "vitest";
import { ApiError } from "@/shared/api/api-error";
import type { CandleRange } from "@/shared/api/market-api";
import type { Bar } from "@/shared/market/bar";
import { minuteBar, minuteBars, START_MS } from "./bar-builder";
import { emptySeries, withBars, type BarSeries } from "./bar-series";
import { FIRST_PAGE, KEPT_BARS, OLDER_PAGE, SeriesKeeper } from "./series-keeper";

/** A platform that has the bars it was given and answers as the contract says. */
class FakePlatform {
  bars: Bar[] = [];
  readonly asked: CandleRange[] = [];
  isDown = false;

  candles(range: CandleRange): Promise<readonly Bar[]> {
    this.asked.push(range);
    if (this.isDown) return Promise.reject(new ApiError("down", 503, null));
    const { sinceMs = -Infinity, untilMs = Infinity, limit } = range;
    const inside = this.bars.filter((bar) => bar.openMs >= sinceMs && bar.openMs < untilMs);
    return Promise.resolve(
      range.sinceMs === undefined ? inside.slice(-limit) : inside.slice(0, limit),
    );
  }
}

let platform: FakePlatform;
let client: QueryClient;
let keeper: SeriesKeeper;
let nowMs: number;

function series(): BarSeries | undefined {
  return client.getQueryData<BarSeries>(keeper.queryKey);
}

function load(bars: Bar[]): void {
  client.setQueryData(keeper.queryKey, withBars(emptySeries("1m"), bars));
}

beforeEach(() => {
  nowMs = 0;
  platform = new FakePlatform();
  client = new QueryClient();
  keeper = new SeriesKeeper({ client, api: platform, nowMs: () => nowMs }, "ETH/USDT", "1m");
});

describe("keeping a series", () => {
  test("the first view is the newest page", async () => {
    platform.bars = minuteBars(0, 700);
    const newest = await keeper.readNewest();
    expect(newest.bars).toEqual(minuteBars(700 - FIRST_PAGE, 700));
  });

  test("a tab that stays open lets the oldest bars go", () => {
    load(minuteBars(0, FIRST_PAGE));
    for (let minute = FIRST_PAGE; minute < 5_000; minute += 100) {
      keeper.takeClosed(minuteBars(minute, minute + 100));
    }
    const kept = series()?.bars ?? [];
    expect(kept.length).toBeLessThan(2 * KEPT_BARS);
    expect(kept.at(-1)).toEqual(minuteBars(4_999, 5_000)[0]);
    expect(platform.asked).toEqual([]);
  });

  test("bars that the reader scrolled back to are kept", async () => {
    platform.bars = minuteBars(0, 3_000);
    load(minuteBars(2_500, 3_000));
    await keeper.readOlder(OLDER_PAGE);
    keeper.takeClosed(minuteBars(3_000, 4_000));
    expect(series()?.bars).toHaveLength(2_500);
  });

  test("bars that close one after the other need no request", () => {
    load(minuteBars(0, 10));
    keeper.takeClosed(minuteBars(10, 13));
    expect(series()?.bars).toEqual(minuteBars(0, 13));
    expect(platform.asked).toEqual([]);
  });

  test("a bar that does not adjoin is shown at once and the hole is read", async () => {
    load(minuteBars(0, 10));
    platform.bars = minuteBars(0, 15);
    keeper.takeClosed([minuteBar(14)]);
    expect(series()?.bars.at(-1)).toEqual(minuteBar(14));
    await keeper.heal();
    expect(series()?.bars).toEqual(minuteBars(0, 15));
    expect(platform.asked[0]?.sinceMs).toBe(START_MS + 600_000);
  });

  test("an open bar that does not adjoin shows the hole as well", async () => {
    load(minuteBars(0, 10));
    platform.bars = minuteBars(0, 12);
    keeper.noticeHole(minuteBar(12));
    await keeper.heal();
    expect(series()?.bars).toEqual(minuteBars(0, 12));
  });

  test("a hole that stays is asked for once a second, not at every tick", async () => {
    load(minuteBars(0, 10));
    await keeper.heal();
    for (let tick = 0; tick < 50; tick += 1) keeper.noticeHole(minuteBar(12));
    expect(platform.asked).toHaveLength(1);
    nowMs = 1_000;
    keeper.noticeHole(minuteBar(12));
    expect(platform.asked).toHaveLength(2);
  });

  test("a platform that is down is asked ever more rarely, then heals", async () => {
    load(minuteBars(0, 10));
    platform.isDown = true;
    await keeper.heal();
    nowMs = 1_999;
    keeper.noticeHole(minuteBar(12));
    expect(platform.asked).toHaveLength(1);
    platform.isDown = false;
    platform.bars = minuteBars(0, 12);
    nowMs = 2_000;
    keeper.noticeHole(minuteBar(12));
    await keeper.heal();
    expect(series()?.bars).toEqual(minuteBars(0, 12));
  });

  test("a healing longer than a page reads page after page", async () => {
    load(minuteBars(0, 10));
    platform.bars = minuteBars(0, 5_600);
    await keeper.heal();
    expect(series()?.bars).toHaveLength(5_600);
    expect(platform.asked).toHaveLength(2);
  });

  test("a healing asked for during another one is not lost", async () => {
    load(minuteBars(0, 10));
    const first = keeper.heal();
    platform.bars = minuteBars(0, 20);
    await Promise.all([first, keeper.heal()]);
    expect(platform.asked).toHaveLength(2);
    expect(series()?.bars).toEqual(minuteBars(0, 20));
  });

  test("a hole that the platform has itself is asked for until the platform has healed", async () => {
    load(minuteBars(0, 10));
    platform.bars = [...minuteBars(0, 10), ...minuteBars(14, 15)];
    await keeper.heal();
    expect(series()?.bars.at(-1)).toEqual(minuteBar(14));
    platform.bars = minuteBars(0, 16);
    nowMs = 2_000;
    keeper.noticeHole(minuteBar(16));
    await keeper.heal();
    expect(series()?.bars).toEqual(minuteBars(0, 16));
  });

  test("a hole that nobody fills is an outage in the end and not asked for for ever", async () => {
    load(minuteBars(0, 10));
    platform.bars = [...minuteBars(0, 10), ...minuteBars(14, 20)];
    for (let healing = 0; healing < 9; healing += 1) await keeper.heal();
    expect(series()?.completeUntilMs).toBe(minuteBar(20).openMs);
    nowMs = 1e9;
    keeper.noticeHole(minuteBar(20));
    expect(platform.asked).toHaveLength(9);
  });

  test("scrolling back reads the page before the first bar, once at a time", async () => {
    load(minuteBars(1_500, 1_510));
    platform.bars = minuteBars(0, 1_510);
    const reading = keeper.readOlder(OLDER_PAGE);
    expect(keeper.wantsOlder).toBe(false);
    await reading;
    expect(keeper.wantsOlder).toBe(true);
    expect(series()?.bars).toEqual(minuteBars(500, 1_510));
    await keeper.readOlder(OLDER_PAGE);
    expect(series()?.bars).toEqual(minuteBars(0, 1_510));
  });

  test("where history ends is asked again only after a while", async () => {
    load(minuteBars(0, 10));
    await keeper.readOlder(OLDER_PAGE);
    expect(keeper.wantsOlder).toBe(false);
    nowMs = 15_000;
    expect(keeper.wantsOlder).toBe(true);
  });

  test("older bars that cannot be read are an error for whoever asked", async () => {
    load(minuteBars(0, 10));
    platform.isDown = true;
    await expect(keeper.readOlder(OLDER_PAGE)).rejects.toThrow("down");
    expect(keeper.wantsOlder).toBe(false);
  });

  test("nothing is kept before the first page is there", async () => {
    keeper.takeClosed([minuteBar(3)]);
    keeper.noticeHole(minuteBar(9));
    await keeper.readOlder(OLDER_PAGE);
    expect(keeper.wantsOlder).toBe(false);
    expect(series()).toBeUndefined();
    expect(platform.asked).toEqual([]);
  });
});
