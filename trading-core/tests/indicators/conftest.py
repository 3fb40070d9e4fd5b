from collections.abc import Callable, Sequence

import numpy as np
import pytest

from trading_core.candles import Candles
from trading_core.indicators.values import FloatArray
from trading_core.symbol import Symbol
from trading_core.timeframe import WINDOW_BARS, Timeframe

BLOCK = 14_300
"""A grid block of minutes whose first bar, 28,600,000 minutes after the epoch, is in 2024."""


@pytest.fixture(scope="session")
def random_walk() -> Callable[..., FloatArray]:
    """Closes from about 2,000 on, the same for a seed."""

    def build(bars: int, seed: int, step: float = 1e-3) -> FloatArray:
        changes = np.random.default_rng(seed).normal(0, step, bars)
        return np.asarray(2000 * np.cumprod(1 + changes), dtype=np.float64)

    return build


@pytest.fixture(scope="session")
def random_candles() -> Callable[..., Candles]:
    """A seeded random walk whose first bar is the first of a block; some bars have no volume."""

    def build(
        bars: int,
        *,
        seed: int = 1,
        timeframe: Timeframe = Timeframe.M1,
        block: int = BLOCK,
        offset: int = 0,
        missing: Sequence[int] = (),
    ) -> Candles:
        random = np.random.default_rng(seed)
        close = 2000.0 * np.cumprod(1 + random.normal(0, 1e-3, bars))
        opened = np.concatenate(([2000.0], close[:-1]))
        spread = 1 + random.random(bars) * 1e-3
        rows = np.delete(np.arange(bars), missing)
        columns = {
            "timestamp": (block * WINDOW_BARS + offset + rows) * timeframe.duration_ms,
            "open": opened[rows],
            "high": (np.maximum(opened, close) * spread)[rows],
            "low": (np.minimum(opened, close) / spread)[rows],
            "close": close[rows],
            "volume": np.maximum(0, random.normal(1, 1, bars))[rows],
        }
        return Candles.from_columns(Symbol("ETH", "USDT"), timeframe, columns)

    return build
