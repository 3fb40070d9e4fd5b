from dataclasses import astuple, fields

import pytest

from trading_core.features import IndicatorValues, Spec16, spec16
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
