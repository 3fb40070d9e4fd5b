from collections.abc import Callable, Sequence

import pytest

from trading_core.candles import Candles
from trading_core.features.bars import Bars
from trading_core.features.feature import Feature
from trading_core.indicators.series import indicator_series
from trading_core.symbol import Symbol
from trading_core.timeframe import HOUR_MS, Timeframe

Bar = tuple[float, float, float, float]


@pytest.fixture(scope="session")
def hours() -> Callable[..., Candles]:
    """Hourly bars (open, high, low, close) from the first hour of 1970 on, or those named."""

    def build(bars: Sequence[Bar], opened: Sequence[int] | None = None) -> Candles:
        at = range(len(bars)) if opened is None else opened
        rows = [(hour * HOUR_MS, *bar, 1.0) for hour, bar in zip(at, bars, strict=True)]
        return Candles.from_rows(Symbol("ETH", "USDT"), Timeframe.H1, rows)

    return build


@pytest.fixture(scope="session")
def values() -> Callable[[Feature, Candles], list[float]]:
    """What a feature says of each of the candles."""

    def compute(feature: Feature, candles: Candles) -> list[float]:
        indicators = indicator_series(candles, 0)
        seen = Bars.of(candles, indicators, slice(0, len(candles)))
        found: list[float] = feature.compute(seen).tolist()
        return found

    return compute
