"""The 24-hour ticker as the exchange writes it: over REST in full or mini, and as two frames."""

from enum import StrEnum

import orjson

from exchange_simulator.book_message import book_ticker_answer
from exchange_simulator.day_statistics import DayStatistics
from exchange_simulator.fixed_point import decimal_text
from exchange_simulator.market import Increments
from exchange_simulator.order_book import order_book
from trading_core.symbol import Symbol


class TickerType(StrEnum):
    FULL = "FULL"
    MINI = "MINI"


def ticker_answer(
    symbol: Symbol, day: DayStatistics, increments: Increments, kind: TickerType
) -> dict[str, str | int]:
    mini: dict[str, str | int] = {
        "symbol": symbol.compact,
        "openPrice": decimal_text(day.open),
        "highPrice": decimal_text(day.high),
        "lowPrice": decimal_text(day.low),
        "lastPrice": decimal_text(day.last),
        "volume": decimal_text(day.volume),
        "quoteVolume": decimal_text(day.quote_volume),
        "openTime": day.open_ms,
        "closeTime": day.close_ms,
        "firstId": day.open_ms if day.trades else -1,
        "lastId": day.open_ms + day.trades - 1 if day.trades else -1,
        "count": day.trades,
    }
    return mini if kind is TickerType.MINI else mini | _beyond_mini(symbol, day, increments)


def _beyond_mini(
    symbol: Symbol, day: DayStatistics, increments: Increments
) -> dict[str, str | int]:
    best = book_ticker_answer(symbol, order_book(day.last, increments, 1))
    return {
        "priceChange": decimal_text(day.change),
        "priceChangePercent": f"{day.change_percent:.3f}",
        "weightedAvgPrice": decimal_text(day.weighted_average),
        "prevClosePrice": decimal_text(day.open),
        "lastQty": best["bidQty"],
        "bidPrice": best["bidPrice"],
        "bidQty": best["bidQty"],
        "askPrice": best["askPrice"],
        "askQty": best["askQty"],
    }


def ticker_frame(symbol: Symbol, day: DayStatistics, increments: Increments) -> str:
    """A `24hrTicker` event. Here `x` is the price before the window."""
    answer = ticker_answer(symbol, day, increments, TickerType.FULL)
    names = {
        "s": "symbol",
        "p": "priceChange",
        "P": "priceChangePercent",
        "w": "weightedAvgPrice",
        "x": "prevClosePrice",
        "c": "lastPrice",
        "Q": "lastQty",
        "b": "bidPrice",
        "B": "bidQty",
        "a": "askPrice",
        "A": "askQty",
        "o": "openPrice",
        "h": "highPrice",
        "l": "lowPrice",
        "v": "volume",
        "q": "quoteVolume",
        "O": "openTime",
        "C": "closeTime",
        "F": "firstId",
        "L": "lastId",
        "n": "count",
    }
    return _event("24hrTicker", day.close_ms, {key: answer[name] for key, name in names.items()})


def mini_ticker_frame(symbol: Symbol, day: DayStatistics) -> str:
    """A `24hrMiniTicker` event."""
    values = {"c": day.last, "o": day.open, "h": day.high, "l": day.low}
    volumes = {"v": day.volume, "q": day.quote_volume}
    texts = {key: decimal_text(units) for key, units in (values | volumes).items()}
    return _event("24hrMiniTicker", day.close_ms, {"s": symbol.compact, **texts})


def _event(name: str, event_ms: int, fields: dict[str, str | int]) -> str:
    return orjson.dumps({"e": name, "E": event_ms, **fields}).decode()
