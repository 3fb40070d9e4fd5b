"""Reads query parameters as the exchange does, its error codes included."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

import orjson

from exchange_simulator.binance_errors import (
    empty_parameter,
    illegal_characters,
    invalid_combination,
    invalid_interval,
    invalid_symbol,
    invalid_value,
    missing_parameter,
)
from exchange_simulator.exchange import KlineQuery
from exchange_simulator.ticker_message import TickerType
from exchange_simulator.trade_history import TradeQuery
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

DEFAULT_ROWS: Final = 500
MOST_ROWS: Final = 1000
DEFAULT_LEVELS: Final = 100

_LEGAL_SYMBOL: Final = "^[A-Z0-9-_.]{1,20}$"
_LEGAL_SYMBOLS: Final = '^\\[("[A-Z0-9-_.]{1,20}"(,"[A-Z0-9-_.]{1,20}"){0,}){0,1}\\]$'
_LEGAL_NUMBER: Final = "^[0-9]{1,20}$"
_LARGEST_TIME: Final = 2**63 - 1

Parameters = Mapping[str, str]


def kline_query(parameters: Parameters, listed: Sequence[Symbol]) -> KlineQuery:
    """Raises: BinanceError."""
    return KlineQuery(
        symbol=_listed(_mandatory(parameters, "symbol"), listed),
        timeframe=_timeframe(_mandatory(parameters, "interval")),
        start_ms=_number(parameters, "startTime"),
        end_ms=_number(parameters, "endTime"),
        limit=_limit(parameters),
    )


def trade_query(parameters: Parameters, listed: Sequence[Symbol]) -> TradeQuery:
    """Of `aggTrades`: by number or by time, never by both.

    Raises: BinanceError.
    """
    query = TradeQuery(
        symbol=_listed(_mandatory(parameters, "symbol"), listed),
        from_number=_number(parameters, "fromId"),
        start_ms=_number(parameters, "startTime"),
        end_ms=_number(parameters, "endTime"),
        limit=_limit(parameters),
    )
    if query.from_number is not None and (query.start_ms, query.end_ms) != (None, None):
        raise invalid_combination()
    return query


def recent_query(parameters: Parameters, listed: Sequence[Symbol]) -> TradeQuery:
    """Of `trades`: the newest.

    Raises: BinanceError.
    """
    symbol = _listed(_mandatory(parameters, "symbol"), listed)
    return TradeQuery(symbol, None, None, None, _limit(parameters))


def depth_query(parameters: Parameters, listed: Sequence[Symbol]) -> tuple[Symbol, int]:
    """The symbol, and how many levels.

    Raises: BinanceError.
    """
    symbol = _listed(_mandatory(parameters, "symbol"), listed)
    return symbol, _limit(parameters, DEFAULT_LEVELS)


def chosen_symbols(parameters: Parameters, listed: Sequence[Symbol]) -> Sequence[Symbol]:
    """By `symbol`, or by `symbols` as a JSON array, or all.

    Raises: BinanceError.
    """
    if "symbol" in parameters and "symbols" in parameters:
        raise invalid_combination()
    if "symbol" in parameters:
        return (_listed(_mandatory(parameters, "symbol"), listed),)
    if "symbols" in parameters:
        return [_listed(name, listed) for name in _names(parameters["symbols"])]
    return listed


def ticker_type(parameters: Parameters) -> TickerType:
    """Raises: BinanceError."""
    text = parameters.get("type", TickerType.FULL)
    if text not in set(TickerType):
        raise invalid_value("type")
    return TickerType(text)


def _mandatory(parameters: Parameters, name: str) -> str:
    if name not in parameters:
        raise missing_parameter(name)
    if not parameters[name]:
        raise empty_parameter(name)
    return parameters[name]


def _listed(name: str, listed: Sequence[Symbol]) -> Symbol:
    if not re.fullmatch(_LEGAL_SYMBOL, name):
        raise illegal_characters("symbol", _LEGAL_SYMBOL)
    found = next((symbol for symbol in listed if symbol.compact == name), None)
    if found is None:
        raise invalid_symbol()
    return found


def _names(text: str) -> list[str]:
    if not re.fullmatch(_LEGAL_SYMBOLS, text):
        raise illegal_characters("symbols", _LEGAL_SYMBOLS)
    return list(map(str, orjson.loads(text)))


def _timeframe(text: str) -> Timeframe:
    if text not in set(Timeframe):
        raise invalid_interval()
    return Timeframe(text)


def _number(parameters: Parameters, name: str) -> int | None:
    if name not in parameters:
        return None
    text = _mandatory(parameters, name)
    if not re.fullmatch(_LEGAL_NUMBER, text, re.ASCII):
        raise illegal_characters(name, _LEGAL_NUMBER)
    if int(text) > _LARGEST_TIME:
        raise invalid_value(name)
    return int(text)


def _limit(parameters: Parameters, usual: int = DEFAULT_ROWS) -> int:
    """More than the exchange gives is not an error: it gives what it gives."""
    limit = _number(parameters, "limit")
    if limit == 0:
        raise invalid_value("limit")
    return min(limit or usual, MOST_ROWS)
