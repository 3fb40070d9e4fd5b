from collections.abc import Callable
from dataclasses import astuple, fields

import pytest

from trading_core.candles import Candles
from trading_core.features import IndicatorValues, Spec16, spec16
from trading_core.features.feature_table import feature_table
from trading_core.features.specification import SPEC16
from trading_core.indicators.snapshot import indicator_snapshot
from trading_core.indicators.values import INDICATORS, IndicatorSnapshot

VALUES = IndicatorValues(
    rsi=60, macd=12, macd_signal=10, ema_9=2020, ema_21=2010, ema_50=2000, atr=40, vwap=1990
)


def test_the_sixteen_features_are_those_of_the_specification() -> None:
    found = spec16(VALUES, close=2030)
    # Worked by hand from the specification's formulas.
    by_hand = (
        60, 0.2, 12, 10, 2, 2020, 2010, 2000, 1.01, 1.0, 1990, 40,
        40 / 2030, 2030 / 2020, 2030 / 2010, 2030 / 1990,
    )  # fmt: skip
    assert astuple(found) == pytest.approx(by_hand, rel=1e-12)
    assert len(fields(Spec16)) == 16


def test_features_need_every_indicator_they_are_made_of() -> None:
    warm = dict.fromkeys(INDICATORS, 1.0)
    assert IndicatorValues.of(IndicatorSnapshot(opened_at_ms=0, **warm)) is not None
    half = IndicatorSnapshot(opened_at_ms=0, **{**warm, "ema_200": None})
    assert IndicatorValues.of(half) is not None
    cold = IndicatorSnapshot(opened_at_ms=0, **{**warm, "ema_50": None})
    assert IndicatorValues.of(cold) is None


def test_over_history_they_equal_those_of_each_bars_indicators_bit_for_bit(
    recording: Callable[[str], Candles],
) -> None:
    candles = recording("ETHUSDT-1h-2017-2024")
    first_ms = candles.first_open_ms
    table = feature_table(SPEC16, candles, 0, first_ms)
    assert SPEC16.names == tuple(one.name for one in fields(Spec16))
    for row in (0, 248, 249, 250, 1_999, 5_000, 40_000, len(candles) - 1):
        values = IndicatorValues.of(indicator_snapshot(candles[: row + 1], first_ms))
        assert table.warm[row] == (values is not None)
        if values is not None:
            single = spec16(values, float(candles.close[row]))
            assert astuple(single) == tuple(table.values[row].tolist())
