import numpy as np
import pytest

from exchange_simulator.aggregate import aggregate
from exchange_simulator.bars import Bars
from exchange_simulator.daily_path import BLOCK_DAYS, GENESIS_MS
from exchange_simulator.fixed_point import FloatColumn
from exchange_simulator.hourly_path import hourly_block
from exchange_simulator.minute_path import minutes_of_day
from exchange_simulator.seeded_market import SeededMarket
from trading_core.symbol import Symbol
from trading_core.timeframe import DAY_MS, HOUR_MS, MINUTE_MS, Timeframe

ETH, BTC, NEW = Symbol("ETH", "USDT"), Symbol("BTC", "USDT"), Symbol("DOGE", "USDT")
DAYS = 60
FIRST_MS = 1_764_547_200_000  # 2025-12-01
END_MS = FIRST_MS + DAYS * DAY_MS
EVERYTHING = 10**9
GOLDEN_DAY = (207_771_000_000, 201_191_000_000, 23_438_324_590_000)

Minutes = dict[Symbol, Bars]


@pytest.fixture(scope="module")
def minutes() -> Minutes:
    market = SeededMarket(42, (ETH, BTC, NEW))
    return {
        symbol: market.oldest(symbol, Timeframe.M1, FIRST_MS, END_MS, EVERYTHING)
        for symbol in market.symbols
    }


def returns(bars: Bars) -> FloatColumn:
    return np.diff(np.log(bars.close))


def correlation(one: FloatColumn, other: FloatColumn) -> float:
    return float(np.corrcoef(one, other)[0, 1])


@pytest.mark.parametrize("symbol", [ETH, BTC, NEW])
def test_minute_returns_have_fat_tails(minutes: Minutes, symbol: Symbol) -> None:
    centred = returns(minutes[symbol]) - returns(minutes[symbol]).mean()
    assert np.mean(centred**4) / np.mean(centred**2) ** 2 - 3 > 3


@pytest.mark.parametrize("symbol", [ETH, BTC, NEW])
def test_volatility_clusters(minutes: Minutes, symbol: Symbol) -> None:
    size = np.abs(returns(minutes[symbol]))
    assert correlation(size[:-20], size[20:]) > 0.05


def test_ether_and_bitcoin_move_together_but_not_in_step(minutes: Minutes) -> None:
    assert 0.6 < correlation(returns(minutes[ETH]), returns(minutes[BTC])) < 0.9


def test_returns_do_not_tell_the_next_return(minutes: Minutes) -> None:
    moves = returns(minutes[ETH])
    assert abs(correlation(moves[:-1], moves[1:])) < 0.1


def test_afternoons_are_livelier_than_nights(minutes: Minutes) -> None:
    size = np.abs(returns(minutes[ETH]))
    hour = minutes[ETH].open_ms[1:] // HOUR_MS % 24
    assert size[(hour >= 13) & (hour < 17)].mean() > 1.5 * size[(hour >= 1) & (hour < 5)].mean()


def test_volume_goes_with_volatility(minutes: Minutes) -> None:
    hours = aggregate(minutes[ETH], Timeframe.H1)
    spread = (hours.high - hours.low) / hours.open
    assert correlation(np.log(hours.volume), np.log(spread)) > 0.3
    size = np.abs(returns(minutes[ETH]))
    assert correlation(minutes[ETH].volume[1:].astype(np.float64), size) > 0.2


@pytest.mark.parametrize("symbol", [ETH, BTC, NEW])
def test_every_candle_is_possible(minutes: Minutes, symbol: Symbol) -> None:
    bars, step = minutes[symbol], SeededMarket(42, ()).increments(symbol)
    assert len(bars) == DAYS * 1440
    assert (np.diff(bars.open_ms) == MINUTE_MS).all()
    assert (bars.low > 0).all()
    assert (bars.low <= np.minimum(bars.open, bars.close)).all()
    assert (bars.high >= np.maximum(bars.open, bars.close)).all()
    assert (bars.volume >= 0).all()
    assert not (bars.close % step.price).any()
    assert not (bars.volume % step.volume).any()
    assert (bars.open[1:] == bars.close[:-1]).all()


@pytest.mark.parametrize("timeframe", list(Timeframe))
def test_every_timeframe_is_the_sum_of_its_minutes(minutes: Minutes, timeframe: Timeframe) -> None:
    market = SeededMarket(42, (ETH,))
    asked = market.oldest(ETH, timeframe, FIRST_MS, END_MS, EVERYTHING)
    summed = aggregate(minutes[ETH], timeframe)
    assert all(map(np.array_equal, asked.columns, summed.columns))


def test_the_same_market_however_it_is_asked() -> None:
    market = SeededMarket(42, (ETH,))
    at_once = market.oldest(ETH, Timeframe.M1, FIRST_MS, FIRST_MS + 2 * DAY_MS, EVERYTHING).rows()
    hourly_block.cache_clear()
    minutes_of_day.cache_clear()
    newest = market.newest(ETH, Timeframe.M1, FIRST_MS + 2 * DAY_MS, 700).rows()
    piecewise = [
        bar
        for hour in reversed(range(48))
        for bar in reversed(
            market.oldest(ETH, Timeframe.M1, FIRST_MS + hour * HOUR_MS, END_MS, 60).rows()
        )
    ]
    assert newest == at_once[-700:]
    assert piecewise[::-1] == at_once


def test_the_same_seed_is_the_same_market_in_every_process() -> None:
    bar = SeededMarket(42, (ETH,)).oldest(ETH, Timeframe.D1, FIRST_MS, END_MS, 1).bar(0)
    assert (bar.open, bar.close, bar.volume) == GOLDEN_DAY


def test_another_seed_is_another_market() -> None:
    one, other = (
        SeededMarket(seed, (ETH,)).oldest(ETH, Timeframe.H1, FIRST_MS, END_MS, 24).rows()
        for seed in (1, 2)
    )
    assert one != other


def test_history_begins_at_the_genesis() -> None:
    market = SeededMarket(42, (ETH,))
    first = market.oldest(ETH, Timeframe.D1, 0, END_MS, 2)
    assert first.open_ms.tolist() == [GENESIS_MS, GENESIS_MS + DAY_MS]
    assert len(market.newest(ETH, Timeframe.D1, GENESIS_MS + 3 * DAY_MS, 10)) == 3
    assert not len(market.newest(ETH, Timeframe.M1, GENESIS_MS, 10))
    assert market.finest_bar(ETH, GENESIS_MS - 1) is None


def test_blocks_of_days_join_without_a_gap_in_price() -> None:
    market = SeededMarket(42, (ETH,))
    seam_ms = GENESIS_MS + BLOCK_DAYS * DAY_MS
    before, after = market.oldest(ETH, Timeframe.H1, seam_ms - HOUR_MS, END_MS, 2).rows()
    assert before.close == after.open
    last, first = market.oldest(ETH, Timeframe.M1, seam_ms - MINUTE_MS, END_MS, 2).rows()
    assert last.close == first.open
