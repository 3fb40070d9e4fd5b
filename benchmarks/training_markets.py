"""Candles to train on: recorded, or drawn from a fixed seed."""

from pathlib import Path
from typing import Final

import numpy as np
import pyarrow.parquet as pq

from ml_service.learning.dataset import TrainingData
from trading_core.candles import COLUMNS, Candles
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

FIRST_MS: Final = 1_500_000_000_000 // Timeframe.H1.duration_ms * Timeframe.H1.duration_ms
HOURLY_CHANGE: Final = 0.006
"""Standard deviation of an hour's change: the same always, so that nothing can be foretold."""


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


def random_market(bars: int, seed: int) -> TrainingData:
    """A random walk: its labels are random whatever one knows of the past."""
    random = np.random.default_rng(seed)
    closes = 2_000 * np.exp(np.cumsum(random.normal(0, HOURLY_CHANGE, bars)))
    opens = np.concatenate(([2_000.0], closes[:-1]))
    reach = closes * HOURLY_CHANGE * random.random((2, bars))
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
