from collections.abc import Callable

import pytest

from exchange_simulator.errors import CombinationError, StartError
from exchange_simulator.recorded_market import RecordedMarket, default_start, playable_until
from exchange_simulator.recording import Recording
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

ETH, BTC = Symbol("ETH", "USDT"), Symbol("BTC", "USDT")
START_MS = 1_722_816_000_000
MINUTE_MS = 60_000
HOUR_MS = 60 * MINUTE_MS
DAY_MS = 24 * HOUR_MS

RecordingAt = Callable[..., Recording]


def test_it_starts_in_the_middle_of_the_minutes(market: RecordedMarket) -> None:
    assert default_start(market) == START_MS + 36 * HOUR_MS


def test_it_ends_where_the_minutes_end(market: RecordedMarket) -> None:
    assert playable_until(market, START_MS) == START_MS + 3 * DAY_MS


def test_a_start_among_the_coarser_candles_is_refused(market: RecordedMarket) -> None:
    with pytest.raises(StartError, match=r"2024-08-04T23:59:00Z lies outside the 1m recordings"):
        playable_until(market, START_MS - MINUTE_MS)


def test_it_ends_with_the_first_symbol_that_ends(recording_at: RecordingAt) -> None:
    longer = recording_at(Timeframe.M1, START_MS, 100)
    shorter = recording_at(Timeframe.M1, START_MS, 90, symbol=BTC)
    market = RecordedMarket.of([longer, shorter], [ETH, BTC])
    assert playable_until(market, START_MS) == START_MS + 90 * MINUTE_MS


def test_a_symbol_without_a_recording_is_refused(recording_at: RecordingAt) -> None:
    with pytest.raises(CombinationError, match="no recording is of BTC/USDT"):
        RecordedMarket.of([recording_at(Timeframe.M1, START_MS, 10)], [ETH, BTC])


def test_tiles_are_minutes_and_before_them_hours(market: RecordedMarket) -> None:
    tiles = market.tiles(ETH, START_MS - 2 * HOUR_MS, START_MS + 5 * MINUTE_MS)
    assert [(t - START_MS) // MINUTE_MS for t in tiles.open_ms.tolist()] == [
        -120, -60, 0, 1, 2, 3, 4,
    ]  # fmt: skip


def test_at_the_end_no_coarser_bar_goes_on(market: RecordedMarket) -> None:
    end_ms = START_MS + 3 * DAY_MS
    assert market.finest_timeframe(ETH, end_ms) is Timeframe.M1
    assert market.finest_bar(ETH, end_ms) is None


def test_increments_are_those_of_the_recorded_decimals(market: RecordedMarket) -> None:
    assert market.increments(ETH).price == 1_000_000
    assert market.increments(ETH).volume == 1_000
