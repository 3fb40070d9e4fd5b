from collections.abc import Callable
from itertools import count

import pytest

from trading_core.candles import Candles
from trading_core.decision.sides import Side
from trading_core.outcomes.position import Position, horizon_end_ms
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

ETH = Symbol("ETH", "USDT")
ENTERED_MS = 1_722_816_000_000
Prices = tuple[float, float, float, float]


@pytest.fixture(scope="session")
def bars() -> Callable[..., Candles]:
    """Bars of (open, high, low, close) from the entry on; None leaves one out."""

    def build(
        *prices: Prices | None, timeframe: Timeframe = Timeframe.M1, since_ms: int = ENTERED_MS
    ) -> Candles:
        times = count(since_ms, timeframe.duration_ms)
        rows = [(at, *one, 1.0) for at, one in zip(times, prices, strict=False) if one]
        return Candles.from_rows(ETH, timeframe, rows)

    return build


@pytest.fixture(scope="session")
def position() -> Callable[..., Position]:
    """Entered at 100, stop at 98.5, take-profits at 102, 103 and 104; mirrored for a SELL."""

    def build(
        side: Side = Side.BUY,
        timeframe: Timeframe = Timeframe.M1,
        horizon_bars: int = 24,
        fee_rate: float = 0.001,
    ) -> Position:
        return Position(
            side=side,
            timeframe=timeframe,
            entered_at_ms=ENTERED_MS,
            horizon_end_ms=horizon_end_ms(timeframe, ENTERED_MS, horizon_bars),
            entry=100.0,
            stop=100 - side.sign * 1.5,
            take_profits=(100 + side.sign * 2.0, 100 + side.sign * 3.0, 100 + side.sign * 4.0),
            fee_rate=fee_rate,
        )

    return build
