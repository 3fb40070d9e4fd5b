from collections.abc import Callable, Sequence

import numpy as np
import pytest

from trading_core.candles import Candles
from trading_core.patterns.anatomy import LOOKBACK_BARS
from trading_core.patterns.pattern_type import PatternType
from trading_core.patterns.scan import sightings_until
from trading_core.symbol import Symbol
from trading_core.timeframe import HOUR_MS, Timeframe

Bar = tuple[float, float, float, float]
Draw = Callable[..., Candles]
See = Callable[[Candles], dict[PatternType, int]]

PRICE = 1024.0
CONTEXT_VOLUME = 100.0


@pytest.fixture
def draw() -> Draw:
    """Hand-drawn bars (open, high, low, close) around a price of 1024, which the market had left
    off at. The bars before them have a body of 1, a range of 4 and a volume of 100; the mean of
    their last eight closes lies `drop` above the last one.
    """

    def build(
        bars: Sequence[Bar], *, drop: float = 4.0, volume: float = 100.0, mirrored: bool = False
    ) -> Candles:
        context = np.tile([1.0, 2.5, -1.5, 0.0], (LOOKBACK_BARS, 1))
        context[-8] += 8 * drop
        prices = np.vstack([context, np.array(bars, dtype=np.float64)])
        if mirrored:
            prices = -prices[:, [0, 2, 1, 3]]
        columns = dict(zip(("open", "high", "low", "close"), PRICE + prices.T, strict=True))
        times = np.arange(len(prices)) * HOUR_MS
        volumes = np.full(len(prices), CONTEXT_VOLUME)
        volumes[-1] = volume
        return Candles.from_columns(
            Symbol("ETH", "USDT"),
            Timeframe.H1,
            {"timestamp": times, "volume": volumes, **columns},
        )

    return build


@pytest.fixture
def see() -> See:
    """The patterns that are complete at the last bar, and their strengths."""

    def look(candles: Candles) -> dict[PatternType, int]:
        return {one.pattern_type: one.strength for one in sightings_until(candles, 1)}

    return look
