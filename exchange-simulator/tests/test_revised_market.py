from collections.abc import Callable

import numpy as np
import pytest

from exchange_simulator.aggregate import aggregate
from exchange_simulator.bars import Bars
from exchange_simulator.exchange import Exchange, KlineQuery
from exchange_simulator.faults.fault_desk import FaultDesk
from exchange_simulator.faults.revised_market import EVER_MS, RevisedMarket
from exchange_simulator.market import Market
from exchange_simulator.recorded_market import RecordedMarket
from exchange_simulator.seeded_market import SeededMarket
from trading_core.symbol import Symbol
from trading_core.timeframe import MINUTE_MS, Timeframe

ETH = Symbol("ETH", "USDT")
NOW_MS = 1_722_816_000_000 + 30 * 3_600_000
DAY_MS = 86_400_000

Armed = Callable[..., FaultDesk]

OUTAGE = {"kind": "outage", "at": 3, "for": 10}
REVISIONS = {"kind": "revised_candles", "at": 20, "for": 30}
"""At 60×: the ten minutes after the third, and thirty after the twentieth."""


@pytest.fixture(params=["recorded", "seeded"])
def base(request: pytest.FixtureRequest, market: RecordedMarket) -> Market:
    return market if request.param == "recorded" else SeededMarket(42, (ETH,))


@pytest.fixture
def told(base: Market, armed: Armed) -> RevisedMarket:
    return RevisedMarket(base, armed(OUTAGE, REVISIONS).corrections)


def minutes(market: Market, first: int, end: int) -> Bars:
    """Those that open so many minutes after the arming."""
    first_ms, end_ms = NOW_MS + first * MINUTE_MS, NOW_MS + end * MINUTE_MS
    return market.oldest(ETH, Timeframe.M1, first_ms, end_ms, 10_000)


def same(one: Bars, other: Bars) -> bool:
    return all(map(np.array_equal, one.columns, other.columns))


def test_outside_of_its_time_nothing_is_touched(base: Market, told: RevisedMarket) -> None:
    assert same(minutes(told, -600, 3), minutes(base, -600, 3))
    assert same(minutes(told, 13, 20), minutes(base, 13, 20))
    assert same(minutes(told, 50, 600), minutes(base, 50, 600))


def test_minutes_that_close_in_an_outage_never_were(told: RevisedMarket) -> None:
    opens = (minutes(told, 0, 20).open_ms - NOW_MS) // MINUTE_MS
    assert opens.tolist() == [0, 1, 2, *range(13, 20)]
    assert told.finest_bar(ETH, NOW_MS + 5 * MINUTE_MS + 1) is None
    assert told.finest_bar(ETH, NOW_MS + 14 * MINUTE_MS + 1)


def test_some_minutes_are_told_otherwise_two_wall_seconds_after_their_close(
    base: Market, told: RevisedMarket
) -> None:
    before, after = minutes(base, 20, 50), minutes(told, 20, 50)
    changed = np.flatnonzero(before.close != after.close)
    assert 5 <= len(changed) <= 25
    assert (before.volume[changed] < after.volume[changed]).all()
    assert (after.low <= np.minimum(after.open, after.close)).all()
    assert (after.high >= np.maximum(after.open, after.close)).all()
    first_ms = int(after.open_ms[changed[0]])
    revised_ms = first_ms + MINUTE_MS + 2_000 * 60
    for now_ms, told_as in ((revised_ms - 1, before), (revised_ms, after)):
        bar = told.at(now_ms).oldest(ETH, Timeframe.M1, first_ms, first_ms + 1, 1).bar(0)
        assert bar == told_as.bar(int(changed[0]))


@pytest.mark.parametrize("timeframe", list(Timeframe)[1:])
def test_coarser_bars_are_built_from_what_is_left(
    told: RevisedMarket, timeframe: Timeframe
) -> None:
    first_ms = NOW_MS - NOW_MS % DAY_MS
    own = told.oldest(ETH, timeframe, first_ms, first_ms + DAY_MS, 10_000)
    built = aggregate(
        told.oldest(ETH, Timeframe.M1, first_ms, first_ms + DAY_MS, 10_000), timeframe
    )
    assert same(own, built)


def test_a_coarser_bar_without_a_minute_does_not_exist(told: RevisedMarket) -> None:
    opens = told.oldest(ETH, Timeframe.M5, NOW_MS, NOW_MS + 20 * MINUTE_MS, 10).open_ms
    assert ((opens - NOW_MS) // MINUTE_MS).tolist() == [0, 10, 15]


def test_counts_are_of_what_is_left(told: RevisedMarket) -> None:
    end_ms = NOW_MS + 18 * MINUTE_MS
    newest = told.newest(ETH, Timeframe.M1, end_ms, 8)
    oldest = told.oldest(ETH, Timeframe.M1, NOW_MS, EVER_MS, 8)
    assert ((newest.open_ms - NOW_MS) // MINUTE_MS).tolist() == [0, 1, 2, 13, 14, 15, 16, 17][-8:]
    assert ((oldest.open_ms - NOW_MS) // MINUTE_MS).tolist() == [0, 1, 2, 13, 14, 15, 16, 17]


def test_tiles_tables_and_the_last_day_agree(told: RevisedMarket) -> None:
    first_ms, end_ms = NOW_MS - 60 * MINUTE_MS, NOW_MS + 60 * MINUTE_MS
    table = told.oldest(ETH, Timeframe.M1, first_ms, end_ms, 10_000)
    assert same(told.tiles(ETH, first_ms, end_ms), table)
    exchange, now_ms = Exchange(told), NOW_MS + 90 * MINUTE_MS
    window = told.at(now_ms).oldest(ETH, Timeframe.M1, now_ms - DAY_MS, now_ms, 10_000)
    assert exchange.last_day(ETH, now_ms).volume == int(window.volume.sum())


def test_the_first_version_is_told_at_the_close_and_over_rest_until_it_is_revised(
    base: Market, told: RevisedMarket
) -> None:
    exchange = Exchange(told)
    changed = minutes(base, 20, 50).close != minutes(told, 20, 50).close
    open_ms = NOW_MS + (20 + int(np.flatnonzero(changed)[0])) * MINUTE_MS
    close_ms = open_ms + MINUTE_MS
    first = exchange.closed_at(ETH, Timeframe.M1, close_ms)
    query = KlineQuery(ETH, Timeframe.M1, open_ms, open_ms, 1)
    assert exchange.klines(query, close_ms) == [first]
    assert exchange.klines(query, close_ms + 2_000 * 60) != [first]
    assert exchange.closed_at(ETH, Timeframe.M1, close_ms, EVER_MS) != first


def test_other_symbols_are_left_alone(base: Market, armed: Armed) -> None:
    del base
    markets = SeededMarket(42, (ETH, Symbol("BTC", "USDT")))
    told = RevisedMarket(markets, armed(OUTAGE | {"symbols": ["ETHUSDT"]}).corrections)
    bitcoin = Symbol("BTC", "USDT")
    assert len(minutes(told, 0, 20)) == 10
    end_ms = NOW_MS + 20 * MINUTE_MS
    assert len(told.oldest(bitcoin, Timeframe.M1, NOW_MS, end_ms, 100)) == 20


def test_the_seed_decides_which_minutes_are_revised(armed: Armed) -> None:
    base = SeededMarket(42, (ETH,))

    def closes(seed: int) -> list[int]:
        told = RevisedMarket(base, armed(REVISIONS, seed=seed).corrections)
        found: list[int] = minutes(told, 20, 50).close.tolist()
        return found

    assert closes(1) == closes(1)
    assert closes(1) != closes(2)
