from collections.abc import Callable

import pytest

from exchange_simulator.aggregate import summary
from exchange_simulator.exchange import Exchange, KlineQuery
from exchange_simulator.recorded_market import RecordedMarket
from exchange_simulator.recording import Recording
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

RecordingAt = Callable[..., Recording]

ETH = Symbol("ETH", "USDT")
START_MS = 1_722_816_000_000
MINUTE_MS = 60_000
HOUR_MS = 60 * MINUTE_MS
DAY_MS = 24 * HOUR_MS
NOW_MS = START_MS + 30 * HOUR_MS + 12 * MINUTE_MS + 20_000


@pytest.fixture
def exchange(market: RecordedMarket) -> Exchange:
    return Exchange(market)


def opens(
    exchange: Exchange,
    timeframe: Timeframe,
    *,
    start_ms: int | None = None,
    end_ms: int | None = None,
    limit: int = 500,
    now_ms: int = NOW_MS,
) -> list[int]:
    query = KlineQuery(ETH, timeframe, start_ms, end_ms, limit)
    return [bar.open_ms for bar in exchange.klines(query, now_ms)]


def test_without_times_the_newest_klines_come_and_the_last_is_open(exchange: Exchange) -> None:
    open_ms = Timeframe.H1.bar_open(NOW_MS)
    assert opens(exchange, Timeframe.H1, limit=3) == [
        open_ms - 2 * HOUR_MS,
        open_ms - HOUR_MS,
        open_ms,
    ]


def test_a_start_alone_gives_the_oldest_from_there(exchange: Exchange) -> None:
    found = opens(exchange, Timeframe.M1, start_ms=START_MS + 1, limit=2)
    assert found == [START_MS + MINUTE_MS, START_MS + 2 * MINUTE_MS]


def test_an_end_alone_gives_the_newest_up_to_it(exchange: Exchange) -> None:
    found = opens(exchange, Timeframe.M1, end_ms=START_MS + 5 * MINUTE_MS, limit=2)
    assert found == [START_MS + 4 * MINUTE_MS, START_MS + 5 * MINUTE_MS]


def test_both_times_give_the_oldest_between_them(exchange: Exchange) -> None:
    found = opens(
        exchange, Timeframe.M5, start_ms=START_MS, end_ms=START_MS + 20 * MINUTE_MS, limit=2
    )
    assert found == [START_MS, START_MS + 5 * MINUTE_MS]


def test_nothing_after_now_shows(exchange: Exchange) -> None:
    assert opens(exchange, Timeframe.M1, start_ms=NOW_MS, limit=10) == []
    found = opens(exchange, Timeframe.M1, start_ms=NOW_MS - MINUTE_MS, end_ms=NOW_MS + DAY_MS)
    assert found == [Timeframe.M1.bar_open(NOW_MS)]


def test_an_empty_range_gives_nothing(exchange: Exchange) -> None:
    assert opens(exchange, Timeframe.H1, start_ms=NOW_MS, end_ms=START_MS) == []


def test_an_open_bar_is_its_closed_minutes_and_the_moving_one(
    exchange: Exchange, market: RecordedMarket
) -> None:
    open_ms = Timeframe.H1.bar_open(NOW_MS)
    bar = exchange.open_bar(ETH, Timeframe.H1, NOW_MS)
    closed = summary(market.tiles(ETH, open_ms, Timeframe.M1.bar_open(NOW_MS)), open_ms)
    moving = exchange.moving_bar(ETH, NOW_MS)
    assert bar
    assert moving
    assert (bar.open_ms, bar.open, bar.close) == (open_ms, closed.open, moving.close)
    assert bar.high == max(closed.high, moving.high)
    assert bar.volume == closed.volume + moving.volume


def test_just_before_its_close_an_open_bar_is_almost_the_candle(exchange: Exchange) -> None:
    close_ms = Timeframe.H4.next_close(NOW_MS)
    late = exchange.open_bar(ETH, Timeframe.H4, close_ms - 1)
    candle = exchange.closed_at(ETH, Timeframe.H4, close_ms)
    assert late
    assert candle
    assert (late.open, late.high, late.low) == (candle.open, candle.high, candle.low)


def test_a_bar_is_open_until_the_millisecond_of_its_close(exchange: Exchange) -> None:
    close_ms = START_MS + 40 * HOUR_MS
    candle = exchange.closed_at(ETH, Timeframe.H1, close_ms)
    query = KlineQuery(ETH, Timeframe.H1, close_ms - HOUR_MS, None, 2)
    assert exchange.klines(query, close_ms - 1)[0] != candle
    assert exchange.klines(query, close_ms)[0] == candle
    assert exchange.klines(query, close_ms)[1].volume == 0


def test_at_the_end_of_the_recording_the_last_bar_is_closed(exchange: Exchange) -> None:
    end_ms = START_MS + 3 * DAY_MS
    assert exchange.closed_at(ETH, Timeframe.D1, end_ms)
    assert opens(exchange, Timeframe.M1, limit=1, now_ms=end_ms) == [end_ms - MINUTE_MS]
    assert exchange.moving_bar(ETH, end_ms) is None


def test_in_an_outage_nothing_moves_and_the_last_price_stands(recording_at: RecordingAt) -> None:
    missing = [START_MS + n * MINUTE_MS for n in range(50, 130)]
    minutes = recording_at(Timeframe.M1, START_MS, 300, without=missing)
    exchange = Exchange(RecordedMarket.of([minutes], [ETH]))
    now_ms = START_MS + 100 * MINUTE_MS + 30_000
    assert exchange.moving_bar(ETH, now_ms) is None
    assert exchange.open_bar(ETH, Timeframe.H1, now_ms) is None
    assert exchange.closed_at(ETH, Timeframe.M1, now_ms - 30_000) is None
    assert exchange.closed_at(ETH, Timeframe.H1, START_MS + HOUR_MS)
    assert exchange.last_day(ETH, now_ms).last == minutes.bars.close[49]


def test_a_recording_of_hours_alone_is_played_by_the_hour(recording_at: RecordingAt) -> None:
    exchange = Exchange(RecordedMarket.of([recording_at(Timeframe.H1, START_MS, 50)], [ETH]))
    now_ms = START_MS + 30 * HOUR_MS + 20 * MINUTE_MS
    day = exchange.open_bar(ETH, Timeframe.D1, now_ms)
    hour = exchange.open_bar(ETH, Timeframe.H1, now_ms)
    assert exchange.open_bar(ETH, Timeframe.M30, now_ms) is None
    assert opens(exchange, Timeframe.M1, now_ms=now_ms) == []
    assert day
    assert hour
    assert day.close == hour.close


def test_off_its_grid_nothing_closes(exchange: Exchange) -> None:
    assert exchange.closed_at(ETH, Timeframe.H1, START_MS + MINUTE_MS) is None


def test_the_last_day_counts_24_hours(exchange: Exchange, market: RecordedMarket) -> None:
    day = exchange.last_day(ETH, NOW_MS)
    window = market.tiles(ETH, NOW_MS - DAY_MS + 40_000, Timeframe.M1.bar_open(NOW_MS))
    moving = exchange.moving_bar(ETH, NOW_MS)
    assert moving
    assert len(window) == 1439
    assert day.volume == int(window.volume.sum()) + moving.volume
    assert (day.open, day.last) == (window.open[0], moving.close)
    assert day.low <= day.weighted_average <= day.high


def test_where_nothing_was_traded_the_last_day_is_zero(exchange: Exchange) -> None:
    assert exchange.last_day(ETH, START_MS - 100 * DAY_MS).last == 0
