"""Rows of the exchange's REST answer, each checked; a broken one is left out and counted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from market_service.errors import InvalidCandleError, TransientExchangeError
from market_service.exact_candle import ExactCandle, read_candle
from market_service.fault_kind import FaultKind
from service_kit.series import Series

_FIELDS = 7
"""Open time, four prices, volume, close time; what follows is not ours."""


@dataclass(frozen=True, slots=True)
class KlineAnswer:
    """Candles in ascending order; the last one may still be open."""

    candles: tuple[ExactCandle, ...]
    rejected: int = 0


def read_klines(series: Series, since_ms: int, rows: object) -> KlineAnswer:
    """Check an answer to "from `since_ms` on".

    Raises:
        TransientExchangeError: it is no list, or nothing in it is a candle.

    """
    if not isinstance(rows, list):
        raise _no_candles("something else than candles")
    candles = tuple(_ascending(series, since_ms, rows))
    if rows and not candles:
        raise _no_candles("no row that is a candle")
    return KlineAnswer(candles, rejected=len(rows) - len(candles))


def _ascending(series: Series, since_ms: int, rows: Sequence[object]) -> Iterator[ExactCandle]:
    earliest_ms = since_ms
    for row in rows:
        candle = _read_row(series, row)
        if candle is not None and candle.open_ms >= earliest_ms:
            earliest_ms = candle.closes_at_ms
            yield candle


def _read_row(series: Series, row: object) -> ExactCandle | None:
    if not isinstance(row, list) or len(row) < _FIELDS:
        return None
    try:
        return read_candle(series, row[0], row[6], row[1:6])
    except InvalidCandleError:
        return None


def _no_candles(what: str) -> TransientExchangeError:
    return TransientExchangeError(f"the exchange answered {what}", FaultKind.REST_NOT_CANDLES)
