from collections.abc import Callable
from dataclasses import replace

import pytest

from trading_core.decision.inputs import BarInputs
from trading_core.decision.prediction import PredictedDirection, Prediction
from trading_core.indicators.values import IndicatorSnapshot
from trading_core.patterns.pattern_type import PatternType
from trading_core.patterns.sightings import PatternSighting
from trading_core.volume import analyse_volume

OPENED_MS = 1_722_816_000_000
"""2024-08-05T00:00Z"""


@pytest.fixture(scope="session")
def make_prediction() -> Callable[..., Prediction]:
    """A model that sees a rise, or what is changed of it."""

    def build(**changes: object) -> Prediction:
        given = Prediction(
            p_up=0.625,
            p_neutral=0.25,
            p_down=0.125,
            direction=PredictedDirection.UP,
            probability=0.625,
            model_id="3f0c",
            abstained=False,
            reason=None,
        )
        return replace(given, **changes)  # type: ignore[arg-type] # the values fit their names

    return build


@pytest.fixture(scope="session")
def make_bar(make_prediction: Callable[..., Prediction]) -> Callable[..., BarInputs]:
    """A bar of a rising market in which everything agrees, but the close is stretched upwards.

    Changes are of the indicators or of the other inputs, by name.
    """
    indicators = IndicatorSnapshot(
        opened_at_ms=OPENED_MS,
        rsi=65.0,
        macd=5.0,
        macd_signal=2.5,
        macd_histogram=2.5,
        ema_9=1990.0,
        ema_21=1980.0,
        ema_50=1970.0,
        ema_200=1900.0,
        vwap=1980.0,
        atr=20.0,
        bollinger_upper=2000.0,
        bollinger_middle=1960.0,
        bollinger_lower=1920.0,
    )
    rising = BarInputs(
        opened_at_ms=OPENED_MS,
        close=2000.0,
        indicators=indicators,
        patterns=(PatternSighting(OPENED_MS - 3_600_000, PatternType.BULLISH_ENGULFING, 80),),
        volume=analyse_volume([1.0, 1.0, 4.0]),
        prediction=make_prediction(),
    )

    def build(**changes: object) -> BarInputs:
        of_bar = {name: changes.pop(name) for name in BarInputs.__slots__ if name in changes}
        changed = replace(indicators, **changes)  # type: ignore[arg-type] # they fit their names
        return replace(rising, indicators=changed, **of_bar)  # type: ignore[arg-type] # so do they

    return build
