"""2,600 hours of a random walk, all stored but the last, and a clock at their end."""

from pathlib import Path

from candle_history import random_walk
from service_kit.clock import ClockState
from service_kit.series import Series
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

SERIES = Series(Symbol("ETH", "USDT"), Timeframe.H1)
FIRST_MS = 240 * 2_000 * SERIES.bar_ms
BARS = 2_600
CANDLES = random_walk(SERIES, FIRST_MS, BARS + 1)
STORED = CANDLES[:BARS]


def at(bar: int) -> int:
    return FIRST_MS + bar * SERIES.bar_ms


def set_clock(file: Path, bars: int) -> None:
    """Event time stands at the close of the last of so many bars."""
    ClockState(at(bars), None).write(file)
