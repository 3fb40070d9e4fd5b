"""Candles to train on: recorded, or drawn from a fixed seed."""

from pathlib import Path
from typing import Final

import numpy as np
import pyarrow.parquet as pq
from numpy.typing import NDArray

from ml_service.learning.dataset import TrainingData
from trading_core.candles import COLUMNS, Candles
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

FIRST_MS: Final = 1_500_000_000_000 // Timeframe.H1.duration_ms * Timeframe.H1.duration_ms
HOURLY_CHANGE: Final = 0.006
"""Standard deviation of an hour's change."""
CALMING: Final = 0.99
"""Of unrest, what is left of it an hour later."""


def recorded_market(path: Path) -> TrainingData:
    """A recording named like `ETHUSDT-1h-2017-2024.parquet`; what it lacks are outages."""
    try:
        market, timeframe, _ = path.stem.split("-", 2)
        table = pq.read_table(path, columns=list(COLUMNS))
        columns = {name: table[name].to_numpy() for name in COLUMNS}
        candles = Candles.from_columns(Symbol.parse(market), Timeframe(timeframe), columns)
    except (OSError, KeyError, ValueError) as error:
        raise SystemExit(f"{path} is no recording: {error}") from error
    return TrainingData(candles, candles.gaps(), candles.first_open_ms)


def random_market(bars: int, seed: int, unrest: float = 0.0) -> TrainingData:
    """A random walk: its labels are random whatever one knows of the past.

    With `unrest`, the standard deviation of its log volatility, how far the price goes can be
    foretold.
    """
    random = np.random.default_rng(seed)
    volatility = HOURLY_CHANGE * np.exp(unrest * _slow_noise(random, bars))
    closes = 2_000 * np.exp(np.cumsum(random.normal(0, 1, bars) * volatility))
    opens = np.concatenate(([2_000.0], closes[:-1]))
    reach = closes * volatility * random.random((2, bars))
    columns = {
        "timestamp": FIRST_MS + np.arange(bars) * Timeframe.H1.duration_ms,
        "open": opens,
        "high": np.maximum(opens, closes) + reach[0],
        "low": np.minimum(opens, closes) - reach[1],
        "close": closes,
        "volume": random.gamma(2, 50, bars),
    }
    candles = Candles.from_columns(Symbol("ETH", "USDT"), Timeframe.H1, columns)
    return TrainingData(candles, (), candles.first_open_ms)


def _slow_noise(random: np.random.Generator, bars: int) -> NDArray[np.float64]:
    """Of variance 1, most of it kept from one bar to the next."""
    steps = random.normal(0, np.sqrt(1 - CALMING**2), bars)
    values = [random.normal()]
    for step in steps[1:].tolist():
        values.append(CALMING * values[-1] + step)
    return np.array(values)
