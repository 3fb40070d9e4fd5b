"""What the recordings say about every timeframe, told independently of the stack under test."""

from decimal import Decimal
from pathlib import Path

import pandas as pd

from trading_core.candles import Candles
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

PRICES = ["open", "high", "low", "close"]
VOLUME_PLACES = Decimal("1E-8")
RECORDINGS = ("1m-2024-07", "5m-2024", "15m-2023-2024", "1h-2017-2024")
ETH = Symbol("ETH", "USDT")

# The recording from which each timeframe can be told independently of the 1-minute bars.
INDEPENDENT = {"1m": 0, "5m": 1, "15m": 2, "30m": 2, "1h": 3, "4h": 3, "1d": 3}


def recorded_bars(recordings: list[Path], timeframe: Timeframe) -> pd.DataFrame:
    """By the bar's open; volumes are exact to 8 places, as the exchange sends them."""
    recorded = pd.read_parquet(recordings[INDEPENDENT[timeframe]])
    recorded["bar"] = recorded["timestamp"] // timeframe.duration_ms * timeframe.duration_ms
    recorded["volume"] = recorded["volume"].map(lambda v: Decimal(str(v)).quantize(VOLUME_PLACES))
    rules = {"open": "first", "high": "max", "low": "min", "close": "last", "volume": "sum"}
    return recorded.groupby("bar").agg(rules)


def recorded_candles(recordings: list[Path], timeframe: Timeframe, until_ms: int) -> Candles:
    """Those that open before `until_ms`."""
    bars = recorded_bars(recordings, timeframe)
    bars = bars[bars.index < until_ms].astype(float)
    columns = {name: bars[name].to_numpy() for name in (*PRICES, "volume")}
    return Candles.from_columns(ETH, timeframe, {"timestamp": bars.index.to_numpy(), **columns})
