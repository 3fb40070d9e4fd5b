from collections.abc import Callable

import numpy as np
import pytest
import talib
from hypothesis import given, settings
from hypothesis import strategies as st

from trading_core.candles import Candles
from trading_core.errors import InvalidCandlesError
from trading_core.indicators.catalogue import CATALOGUE
from trading_core.indicators.series import indicator_series
from trading_core.indicators.snapshot import indicator_snapshot
from trading_core.indicators.values import INDICATORS, IndicatorSeries
from trading_core.symbol import Symbol
from trading_core.timeframe import WINDOW_BARS, Timeframe

ETH = Symbol("ETH", "USDT")
RandomCandles = Callable[..., Candles]
Recording = Callable[[str], Candles]
outages = st.lists(st.tuples(st.integers(0, 4500), st.integers(1, 1500)), max_size=3)
PRICED = [name for name in INDICATORS if name != "rsi"]


def assert_equal(one: IndicatorSeries, other: IndicatorSeries) -> None:
    np.testing.assert_array_equal(one.open_time_ms, other.open_time_ms)
    for name in INDICATORS:
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name), name)


def times_a_power(candles: Candles, price: float, volume: float) -> Candles:
    columns = {name: getattr(candles, name) * price for name in ("open", "high", "low", "close")}
    return Candles.from_columns(
        candles.symbol,
        candles.timeframe,
        {**columns, "timestamp": candles.open_time_ms, "volume": candles.volume * volume},
    )


def shifted(candles: Candles, by_ms: int) -> Candles:
    rows = [[row[0] + by_ms, *row[1:]] for row in candles.rows()]
    return Candles.from_rows(candles.symbol, candles.timeframe, rows)


def test_the_catalogue_fills_every_column_once() -> None:
    filled = [name for indicator in CATALOGUE for name in indicator.names]
    assert sorted(filled) == sorted(INDICATORS)


def test_the_memory_reaches_further_back_than_a_warm_up() -> None:
    assert all(one.memory_bars >= one.warm_bars - 1 for one in CATALOGUE)


@settings(max_examples=25)
@given(
    seed=st.integers(0, 1000),
    gone=outages,
    cuts=st.lists(st.integers(1, 6000), min_size=1, max_size=4),
)
def test_a_later_candle_never_changes_an_earlier_value(
    random_candles: RandomCandles, seed: int, gone: list[tuple[int, int]], cuts: list[int]
) -> None:
    missing = sorted({row for first, bars in gone for row in range(first, first + bars)})
    candles = random_candles(6000, seed=seed, missing=missing)
    first_ms = candles.first_open_ms
    whole = indicator_series(candles, 0, first_ms)
    assert len(whole) == len(candles)
    for cut in cuts:
        row = min(cut, len(candles)) - 1
        assert indicator_snapshot(candles[: row + 1], first_ms) == whole.at(row)


@pytest.mark.parametrize(
    "name", ["ETHUSDT-1m-2024-07", "ETHUSDT-1m-2023-03", "ETHUSDT-1h-2017-2024"]
)
def test_history_equals_the_single_bar_bit_for_bit(recording: Recording, name: str) -> None:
    candles = recording(name)
    first_ms = candles.first_open_ms
    series = indicator_series(candles, 0, first_ms)
    for row in np.random.default_rng(19).integers(0, len(candles), 40).tolist():
        opened_ms = int(candles.open_time_ms[row])
        window = candles.between(candles.timeframe.window_start(opened_ms, first_ms), opened_ms + 1)
        assert indicator_snapshot(window, first_ms) == series.at(row)


@settings(max_examples=20)
@given(since=st.integers(0, 6000))
def test_where_one_begins_to_ask_changes_no_value(
    random_candles: RandomCandles, since: int
) -> None:
    candles = random_candles(6000)
    whole = indicator_series(candles, 0, candles.first_open_ms)
    since_ms = candles.first_open_ms + since * candles.timeframe.duration_ms
    part = indicator_series(candles, since_ms, candles.first_open_ms)
    assert len(part) == 6000 - since
    assert_equal(
        part,
        IndicatorSeries(
            open_time_ms=whole.open_time_ms[since:],
            **{name: getattr(whole, name)[since:] for name in INDICATORS},
        ),
    )


def test_each_value_is_warm_once_its_window_holds_enough_bars(
    random_candles: RandomCandles,
) -> None:
    candles = random_candles(1100, offset=500)
    series = indicator_series(candles, 0, candles.first_open_ms)
    first_warm = {name: int(np.isfinite(getattr(series, name)).argmax()) for name in INDICATORS}
    assert first_warm == {
        "rsi": 209,
        "macd": 199,
        "macd_signal": 199,
        "macd_histogram": 199,
        "ema_9": 44,
        "ema_21": 104,
        "ema_50": 249,
        "ema_200": 999,
        "vwap": 0,
        "atr": 209,
        "bollinger_upper": 19,
        "bollinger_middle": 19,
        "bollinger_lower": 19,
    }
    for name, row in first_warm.items():
        assert np.isfinite(getattr(series, name)[row:]).all()


def test_the_start_of_the_computation_has_left_no_trace(recording: Recording) -> None:
    """Beside TA-Lib over each bar's whole window of up to 4,000 bars."""
    candles = recording("ETHUSDT-1m-2024-07")
    end_ms = candles.open_time_ms[10_000] // 120_000_000 * 120_000_000
    window = candles.between(end_ms - 240_000_000, end_ms)
    series = indicator_series(window, end_ms - 120_000_000)
    high, low, close = window.high, window.low, window.close
    whole = {
        "rsi": talib.RSI(close, 14),
        "macd": talib.MACD(close, 12, 26, 9)[0],
        "macd_signal": talib.MACD(close, 12, 26, 9)[1],
        "ema_9": talib.EMA(close, 9),
        "ema_21": talib.EMA(close, 21),
        "ema_50": talib.EMA(close, 50),
        "ema_200": talib.EMA(close, 200),
        "atr": talib.ATR(high, low, close, 14),
    }
    for name, values in whole.items():
        np.testing.assert_allclose(getattr(series, name), values[-WINDOW_BARS:], 1e-12, 1e-11)


@settings(max_examples=15)
@given(price=st.integers(-30, 30), volume=st.integers(-30, 30))
def test_another_unit_of_price_or_volume_is_only_another_unit(
    random_candles: RandomCandles, price: int, volume: int
) -> None:
    candles = random_candles(2500)
    plain = indicator_series(candles, 0, candles.first_open_ms)
    scaled = times_a_power(candles, 2.0**price, 2.0**volume)
    found = indicator_series(scaled, 0, candles.first_open_ms)
    np.testing.assert_array_equal(found.rsi, plain.rsi)
    for name in PRICED:
        np.testing.assert_array_equal(getattr(found, name), getattr(plain, name) * 2.0**price)


def test_only_the_place_in_the_block_and_in_the_day_matters(
    random_candles: RandomCandles,
) -> None:
    """Minutes repeat both after 18,000: nine blocks, twelve and a half days; so twice that."""
    candles = random_candles(5000, missing=[70, 71])
    later = shifted(candles, 36_000 * 60_000)
    found = indicator_series(later, 0, later.first_open_ms)
    plain = indicator_series(candles, 0, candles.first_open_ms)
    for name in INDICATORS:
        np.testing.assert_array_equal(getattr(found, name), getattr(plain, name), name)


@pytest.mark.parametrize("timeframe", list(Timeframe))
def test_every_timeframe_has_every_value_once_warm(
    random_candles: RandomCandles, timeframe: Timeframe
) -> None:
    candles = random_candles(2200, timeframe=timeframe, block=3)
    last = indicator_snapshot(candles, candles.first_open_ms)
    assert all(getattr(last, name) is not None for name in INDICATORS)


def test_what_opens_before_the_exchange_had_anything_is_not_looked_at(
    random_candles: RandomCandles,
) -> None:
    candles = random_candles(3000)
    listed = candles[700:]
    first_ms = listed.first_open_ms
    assert_equal(indicator_series(candles, 0, first_ms), indicator_series(listed, 0, first_ms))


def test_a_day_that_the_window_cuts_off_has_no_session_vwap(
    random_candles: RandomCandles,
) -> None:
    candles = random_candles(2000)
    late = candles[300:]
    assert indicator_snapshot(late[:400]).vwap is None
    assert indicator_snapshot(late[:400], late.first_open_ms).vwap is not None


@pytest.mark.parametrize("bars", [1, 2, 14, 15, 19, 20, 21, 33, 34, 200])
def test_few_bars_give_few_values_and_no_error(random_candles: RandomCandles, bars: int) -> None:
    last = indicator_snapshot(random_candles(bars))
    assert last.opened_at_ms == random_candles(bars).last_open_ms
    assert last.ema_200 is None
    assert (last.bollinger_middle is not None) == (bars >= 20)


def test_no_bars_give_an_empty_history_and_no_last_bar() -> None:
    empty = Candles.empty(ETH, Timeframe.H1)
    assert len(indicator_series(empty, 0)) == 0
    assert len(indicator_series(empty, 0).rsi) == 0
    with pytest.raises(InvalidCandlesError, match="there are no ETHUSDT 1h candles"):
        indicator_snapshot(empty)


def test_a_market_that_stands_still_without_volume_has_levels_but_no_rsi_and_no_vwap() -> None:
    rows = [(minute * 60_000, 2.5, 2.5, 2.5, 2.5, 0.0) for minute in range(1200)]
    last = indicator_snapshot(Candles.from_rows(ETH, Timeframe.M1, rows))
    assert last.rsi is None
    assert last.vwap is None
    assert last.atr == 0.0
    assert (last.macd, last.macd_signal, last.macd_histogram) == (0.0, 0.0, 0.0)
    levels = (last.ema_200, last.bollinger_upper, last.bollinger_middle, last.bollinger_lower)
    assert levels == (2.5, 2.5, 2.5, 2.5)


@pytest.mark.parametrize("price", [1e-300, 1e-9, 1e120, 1e308])
@pytest.mark.parametrize("volume", [0.0, 5e-324, 1e308])
def test_absurd_numbers_never_give_an_infinity(price: float, volume: float) -> None:
    rows = [
        (minute * 60_000, price, price * (1.1 + minute % 2 / 10), price / 2, price, volume)
        for minute in range(1300)
    ]
    series = indicator_series(Candles.from_rows(ETH, Timeframe.M1, rows), 0)
    for name in INDICATORS:
        assert not np.isinf(getattr(series, name)).any(), name


@settings(max_examples=20)
@given(seed=st.integers(0, 1000))
def test_the_bounds_hold_together(random_candles: RandomCandles, seed: int) -> None:
    candles = random_candles(1500, seed=seed)
    last = indicator_snapshot(candles, candles.first_open_ms)
    assert 0 <= (last.rsi or -1) <= 100
    assert (last.atr or -1) >= 0
    assert (last.bollinger_lower or 0) <= (last.bollinger_middle or 0)
    assert (last.bollinger_middle or 0) <= (last.bollinger_upper or 0)
    assert candles.low.min() <= (last.ema_200 or 0) <= candles.high.max()
    assert candles.low.min() <= (last.vwap or 0) <= candles.high.max()
