"""What a candle file does not tell but the exchange does: quote volume, trades, takers.

Derived from the bar alone, so that the same bar always carries the same figures.
"""

from dataclasses import dataclass
from typing import Final

from exchange_simulator.bars import Bar
from exchange_simulator.fixed_point import UNITS
from trading_core.timeframe import Timeframe

AVERAGE_TRADE_QUOTE: Final = 1_000
"""Size of a trade in the quote asset, about what ETH/USDT shows."""

TAKER_TILT: Final = 200
"""By how many thousandths a bar that closes at its extreme leans to takers of that side."""


@dataclass(frozen=True, slots=True)
class TradeFigures:
    """Volumes in units of 1e-8; trade ids count on with time."""

    quote_volume: int
    trades: int
    taker_base: int
    taker_quote: int
    first_id: int
    last_id: int


def trade_figures(bar: Bar, timeframe: Timeframe) -> TradeFigures:
    quote = bar.volume * (bar.open + bar.high + bar.low + bar.close) // (4 * UNITS)
    trades = _trades(bar, timeframe)
    share = _taker_thousandths(bar)
    return TradeFigures(
        quote_volume=quote,
        trades=trades,
        taker_base=bar.volume * share // 1000,
        taker_quote=quote * share // 1000,
        first_id=bar.open_ms if trades else -1,
        last_id=bar.open_ms + trades - 1 if trades else -1,
    )


def _trades(bar: Bar, timeframe: Timeframe) -> int:
    """At most one a millisecond, so that the ids of two bars never meet."""
    if not bar.volume:
        return 0
    estimate = bar.volume * bar.open // (UNITS * UNITS * AVERAGE_TRADE_QUOTE)
    return min(1 + estimate, timeframe.duration_ms)


def _taker_thousandths(bar: Bar) -> int:
    if bar.high == bar.low:
        return 500
    return 500 + TAKER_TILT * (bar.close - bar.open) // (bar.high - bar.low)
