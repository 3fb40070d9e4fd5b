from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trading_core.candles import Candles
from trading_core.features.catalogue import FEATURE_SETS
from trading_core.features.feature import Feature
from trading_core.features.feature_set import FeatureSet
from trading_core.features.feature_table import feature_table
from trading_core.features.scale_free import GROUPS, SCALE_FREE, feature_set_of
from trading_core.resampling import resample
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

Recording = Callable[[str], Candles]
RandomCandles = Callable[..., Candles]
RECORDINGS = {
    Timeframe.M1: "ETHUSDT-1m-2023-03",
    Timeframe.M5: "ETHUSDT-5m-2024",
    Timeframe.M15: "ETHUSDT-15m-2023-2024",
    Timeframe.M30: "ETHUSDT-15m-2023-2024",
    Timeframe.H1: "ETHUSDT-1h-2017-2024",
    Timeframe.H4: "ETHUSDT-1h-2017-2024",
    Timeframe.D1: "ETHUSDT-1h-2017-2024",
}
SINGLE_FEATURES = [one for group in GROUPS.values() for one in group]
both_sets = pytest.mark.parametrize("feature_set", FEATURE_SETS.values(), ids=FEATURE_SETS)
outages = st.lists(st.tuples(st.integers(0, 4500), st.integers(1, 1500)), max_size=3)


def assert_single_bars_equal(
    feature_set: FeatureSet, candles: Candles, rows: list[int], first_ms: int
) -> None:
    """Each from its own window alone, and nothing after it."""
    table = feature_table(feature_set, candles, 0, first_ms)
    assert len(table) == len(candles)
    for row in rows:
        opened_ms = int(candles.open_time_ms[row])
        window = candles.between(candles.timeframe.window_start(opened_ms, first_ms), opened_ms + 1)
        single = feature_table(feature_set, window, opened_ms, first_ms)
        assert single.open_time_ms.tolist() == [opened_ms]
        assert single.values.tobytes() == table.values[row].tobytes()


@both_sets
@pytest.mark.parametrize("timeframe", list(Timeframe))
def test_history_equals_the_single_bar_bit_for_bit(
    recording: Recording, timeframe: Timeframe, feature_set: FeatureSet
) -> None:
    recorded = recording(RECORDINGS[timeframe])[-40_000:]
    candles = resample(
        recorded, timeframe, complete_until_ms=recorded.closed_until_ms, outages=recorded.gaps()
    ).candles
    rows = np.random.default_rng(19).integers(0, len(candles), 15).tolist()
    assert_single_bars_equal(feature_set, candles, rows, candles.first_open_ms)


@both_sets
@settings(max_examples=15)
@given(seed=st.integers(0, 1000), gone=outages, rows=st.lists(st.integers(0, 5999), max_size=4))
def test_a_later_candle_never_changes_an_earlier_row(
    random_candles: RandomCandles,
    feature_set: FeatureSet,
    seed: int,
    gone: list[tuple[int, int]],
    rows: list[int],
) -> None:
    missing = sorted({row for first, bars in gone for row in range(first, first + bars)})
    candles = random_candles(6000, seed=seed, missing=missing)
    known = [min(row, len(candles) - 1) for row in rows]
    assert_single_bars_equal(feature_set, candles, known, candles.first_open_ms)


@pytest.mark.parametrize("feature", SINGLE_FEATURES, ids=lambda one: one.name)
def test_a_feature_looks_back_no_further_than_it_says(
    random_candles: RandomCandles, feature: Feature
) -> None:
    """Alone it is given so many bars, in company as many as the others need."""
    candles = random_candles(2400, offset=70, missing=[2050, *range(2100, 2107)])
    alone = feature_set_of("alone", 1, (feature,))
    rows = [20, 300, 1000, 2000, 2051, 2060, 2150, 2300, 2391]
    assert_single_bars_equal(alone, candles, rows, candles.first_open_ms)
    whole = feature_table(SCALE_FREE, candles, 0, candles.first_open_ms)
    column = whole.values[:, SCALE_FREE.names.index(feature.name)]
    own = feature_table(alone, candles, 0, candles.first_open_ms).values[:, 0]
    assert own.tobytes() == column.tobytes()


@both_sets
@settings(max_examples=10)
@given(since=st.integers(0, 5000))
def test_where_one_begins_to_ask_changes_no_row(
    random_candles: RandomCandles, feature_set: FeatureSet, since: int
) -> None:
    candles = random_candles(5000)
    first_ms = candles.first_open_ms
    whole = feature_table(feature_set, candles, 0, first_ms)
    part = feature_table(feature_set, candles, first_ms + since * 60_000, first_ms)
    assert len(part) == 5000 - since
    assert part.values.tobytes() == whole.values[since:].tobytes()
    assert part.open_time_ms.tobytes() == whole.open_time_ms[since:].tobytes()


@both_sets
def test_whatever_comes_later_is_not_seen(
    random_candles: RandomCandles, feature_set: FeatureSet
) -> None:
    candles, others = random_candles(3000, seed=1), random_candles(3000, seed=2)
    rows = candles.rows()[:2500] + others.rows()[2500:]
    mixed = Candles.from_rows(candles.symbol, candles.timeframe, rows)
    first_ms = candles.first_open_ms
    found = feature_table(feature_set, mixed, 0, first_ms).values[:2500]
    assert (
        found.tobytes() == feature_table(feature_set, candles, 0, first_ms).values[:2500].tobytes()
    )


@both_sets
@pytest.mark.parametrize("timeframe", list(Timeframe))
def test_every_timeframe_is_warm_after_two_hundred_and_fifty_bars(
    random_candles: RandomCandles, feature_set: FeatureSet, timeframe: Timeframe
) -> None:
    rows = random_candles(600, timeframe=timeframe, block=9).rows()
    traded = [[*row[:5], row[5] + 1] for row in rows]
    candles = Candles.from_rows(Symbol("ETH", "USDT"), timeframe, traded)
    table = feature_table(feature_set, candles, 0, candles.first_open_ms)
    assert int(table.warm.argmax()) == 249
    assert table.warm[249:].all()


def test_the_scale_free_features_are_the_same_in_another_unit_of_price_and_volume(
    random_candles: RandomCandles,
) -> None:
    candles = random_candles(1000)
    scaled = Candles.from_rows(
        candles.symbol,
        candles.timeframe,
        [[row[0], *(price * 2.0**-9 for price in row[1:5]), row[5] * 8] for row in candles.rows()],
    )
    plain = feature_table(SCALE_FREE, candles, 0, candles.first_open_ms)
    found = feature_table(SCALE_FREE, scaled, 0, candles.first_open_ms)
    assert found.values.tobytes() == plain.values.tobytes()


@both_sets
@pytest.mark.parametrize("price", [1e-300, 1e-9, 1e120, 1e308])
@pytest.mark.parametrize("volume", [0.0, 5e-324, 1e308])
def test_absurd_numbers_never_give_an_infinity(
    feature_set: FeatureSet, price: float, volume: float
) -> None:
    rows = [
        (minute * 60_000, price, price * (1.1 + minute % 2 / 10), price / 2, price, volume)
        for minute in range(400)
    ]
    candles = Candles.from_rows(Symbol("ETH", "USDT"), Timeframe.M1, rows)
    assert not np.isinf(feature_table(feature_set, candles, 0).values).any()


@both_sets
def test_no_candles_have_no_rows(feature_set: FeatureSet) -> None:
    empty = feature_table(feature_set, Candles.empty(Symbol("ETH", "USDT"), Timeframe.H1), 0)
    assert empty.values.shape == (0, len(feature_set.names))
    assert len(empty.warm) == 0
