from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from trading_core.candles import COLUMNS, Candles
from trading_core.symbol import Symbol
from trading_core.timeframe import WINDOW_BARS, Timeframe

ETH = Symbol("ETH", "USDT")
BLOCK = 14_300
"""A grid block of minutes whose first bar, 28,600,000 minutes after the epoch, is in 2024."""


@pytest.fixture(scope="session")
def recording(shared_data: Path) -> Callable[[str], Candles]:
    """Read a recording such as `ETHUSDT-1m-2024-07`, once for all who ask for it."""

    @cache
    def read(name: str) -> Candles:
        market, timeframe, _ = name.split("-", 2)
        table = pq.read_table(shared_data / f"{name}.parquet", columns=list(COLUMNS))
        columns = {column: table[column].to_numpy() for column in COLUMNS}
        return Candles.from_columns(Symbol.parse(market), Timeframe(timeframe), columns)

    return read


@pytest.fixture
def candles_at() -> Callable[..., Candles]:
    """Candles that open at the given times, each its own, drawn from a fixed seed."""

    def build(open_times_ms: list[int], timeframe: Timeframe = Timeframe.M1) -> Candles:
        random = np.random.default_rng(7)
        prices = np.sort(2000 + random.random((4, len(open_times_ms))), axis=0)
        columns = {
            "timestamp": np.array(open_times_ms, dtype=np.int64),
            "low": prices[0],
            "open": prices[1],
            "close": prices[2],
            "high": prices[3],
            "volume": random.random(len(open_times_ms)),
        }
        return Candles.from_columns(ETH, timeframe, columns)

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
        return Candles.from_columns(ETH, timeframe, columns)

    return build
