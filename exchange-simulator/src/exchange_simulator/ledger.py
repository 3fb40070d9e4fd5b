"""The ledger: every candle that the exchange has closed since the feed began.

A function of the market, the feed's start and now alone, so it survives the exchange's death.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from exchange_simulator.bars import Bar
from exchange_simulator.fixed_point import decimal_text
from exchange_simulator.market import Market
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

ROWS_AT_ONCE: Final = 5_000


@dataclass(frozen=True, slots=True)
class LedgerQuery:
    """Candles that open in [first_ms, end_ms); at most `limit` of them, the oldest."""

    symbol: Symbol
    timeframe: Timeframe
    first_ms: int
    end_ms: int
    limit: int


def first_closed_after(timeframe: Timeframe, start_ms: int) -> int:
    """Open time of the first candle that closes after the start."""
    return timeframe.bar_open(start_ms)


def ledger_json(market: Market, query: LedgerQuery, now_ms: int) -> Iterator[bytes]:
    """A JSON array of `[openMs, "o", "h", "l", "c", "v"]`, in pieces."""
    end_ms = min(query.end_ms, query.timeframe.bar_open(now_ms))
    first_ms, remaining, separator = query.first_ms, query.limit, b"["
    while remaining > 0:
        wanted = min(remaining, ROWS_AT_ONCE)
        bars = market.oldest(query.symbol, query.timeframe, first_ms, end_ms, wanted)
        if not len(bars):
            break
        yield separator + ",\n".join(map(_row, bars.rows())).encode()
        first_ms, remaining, separator = int(bars.open_ms[-1]) + 1, remaining - len(bars), b",\n"
    yield b"]" if separator == b",\n" else b"[]"


def _row(bar: Bar) -> str:
    figures = (bar.open, bar.high, bar.low, bar.close, bar.volume)
    texts = '","'.join(map(decimal_text, figures))
    return f'[{bar.open_ms},"{texts}"]'
